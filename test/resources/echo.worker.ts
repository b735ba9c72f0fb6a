// Answers whatever it is sent.
addEventListener('message', ({ data }) => postMessage(data));
