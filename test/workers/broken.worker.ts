throw new Error('broken on arrival');
