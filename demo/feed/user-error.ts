/** A mistake in what a person typed. Vite prints an error's stack; here the message says it all. */
export function userError(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
