// Names of clients. A name must be safe as a file name, as an argument of a command, and as a key of an object.

const pattern = /^[A-Za-z0-9](?:[A-Za-z0-9._@-]{0,98}[A-Za-z0-9])?$/;

/** The rule in words, for messages. */
export const clientNameRule =
  'use 1 to 100 letters, digits and ._@- , with a letter or a digit at both ends';

/** Whether a text may name a client. Names like `..`, `-rf`, `__proto__` and `constructor` may not. */
export const isClientName = (text: string): boolean =>
  pattern.test(text) && !(text in Object.prototype);
