import fc from 'fast-check';

// Else a `maxLength` of 400 makes sequences of 10 at most.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });

export { fc };
