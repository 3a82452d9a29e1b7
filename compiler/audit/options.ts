// What an audit is asked for.
import type { AnyCircuit } from '../../dsl/circuit.ts';

export interface AuditOptions {
  readonly seed: number;
  /**
   * A limit on each net, in seconds of processor time. A net that it cuts short is incomplete. The findings of the analyses do not
   * depend on it.
   */
  readonly seconds: number;
  /** How many of the candidates, the first ones, the author gave. Others are made: they need not meet what he accepts as true. */
  readonly given?: number;
  /** The circuit as its author wrote it: a program alone does not show which parameters change nothing. */
  readonly source?: AnyCircuit;
  /** Dishonest witnesses for each honest input. */
  readonly witnesses: number;
  /** Constraints that are changed, in a seeded order. */
  readonly constraints: number;
  /** Assumptions that are accepted, by name, with the reason. */
  readonly accepted?: ReadonlyMap<string, string>;
  /** What is being done, and how much of it is done. */
  readonly progress?: (stage: string, done: number, of: number) => void;
}
