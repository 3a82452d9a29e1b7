// What a parent and its worker say to each other, over Node's channel with its 'advanced' serialization.
//   parent: a start, then requests, one at a time     worker: an answer to each
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** To a request: what it asks for, findings that a user can mend, or a mistake of ours. */
export type Answer<T> =
  | { readonly result: T }
  | { readonly findings: readonly Diagnostic[] }
  | { readonly broken: string };
