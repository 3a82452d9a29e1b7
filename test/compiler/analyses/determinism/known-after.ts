// Systems of a few gates, each with what is known of it in the end.
import { Determination } from '../../../../compiler/analyses/determinism/determination.ts';
import { Arithmetizer } from '../../../../compiler/constraints/arithmetizer.ts';
import type { Variable } from '../../../../compiler/constraints/expression.ts';
import type { Gate } from '../../../../compiler/constraints/gates.ts';
import { Recorder } from '../../../../compiler/constraints/recorder.ts';

export interface Author {
  readonly constraints: Arithmetizer;
  /** A known variable. */
  input(): Variable;
  /** A variable of the prover's choice. */
  free(): Variable;
  gate(gate: Gate): void;
}

/** Which of the variables that `build` returns are known in the end. */
export function knownAfter(build: (author: Author) => readonly Variable[]): boolean[] {
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  let names = 0;
  const asked = build({
    constraints,
    input: () => constraints.input(`x${names++}`, 1, 'secret')[0]!.terms[0]!.variable,
    free: () => recorder.step(1, true, () => [0n])[0]!,
    gate: (gate) => recorder.gate(gate),
  });
  constraints.finish();
  const determination = new Determination(recorder.finish());
  determination.settle();
  return asked.map((variable) => determination.isKnown(variable));
}

export type Case = readonly [
  what: string,
  known: readonly boolean[],
  build: (author: Author) => readonly Variable[],
];
