// A mutant has one of four verdicts. It is killed by a statement that the changed circuit takes wrongly; equivalent by a
// proof; a survivor by a statement that one of both circuits accepts while no meaning says which is right; or undecided.
import type { Statement } from './statement.ts';

export type Verdict =
  | { readonly is: 'killed'; readonly net: string; readonly saw: string }
  /** `by` names the explanation (`explained.ts`). */
  | { readonly is: 'equivalent'; readonly by: string }
  | { readonly is: 'survives'; readonly separating: Separating }
  | { readonly is: 'undecided'; readonly because: Undecided };

/** A statement that exactly one of both circuits accepts. */
export interface Separating {
  readonly statement: Statement;
  readonly acceptedBy: 'original' | 'mutant';
}

export const reasons = {
  'nothing-known': 'no separating statement was found, and no explanation applies',
  'witnesses-ran-out': 'the dishonest witnesses for one mutant ran out',
  'time-ran-out': 'the time ran out',
} as const;

export type Undecided = keyof typeof reasons;
