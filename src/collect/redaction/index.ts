export { redactBody } from './redact-body.js';
export { redactHeaders } from './redact-headers.js';
export { redactText } from './redact-text.js';
export { redactUrl } from './redact-url.js';
