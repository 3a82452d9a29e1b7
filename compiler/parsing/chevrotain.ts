// chevrotain, loaded when the first text is read: loading it takes longer than loading the whole DSL. A template is read in
// the middle of an author's code, so the load is synchronous. A build for browsers replaces this file by a static import.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type Chevrotain = typeof import('chevrotain');

/** What `define` makes of chevrotain. It is made once, when it is first asked for. */
export function onFirstUse<T extends object>(define: (chevrotain: Chevrotain) => T): () => T {
  let made: T | undefined;
  return () => (made ??= define(load()));
}

/** One file that chevrotain publishes beside its 700 modules, which take ten times as long. */
function load(): Chevrotain {
  const require = createRequire(import.meta.url);
  const bundle = join(dirname(require.resolve('chevrotain')), '../chevrotain.mjs');
  return require(bundle) as Chevrotain;
}
