// Hints with the assertions of an author, for tests of what is derived of them.
import { analyzeAssumptions } from '../../../../compiler/analyses/assumptions/assumptions.ts';
import { compileCircuit } from '../../../../compiler/compile.ts';
import type { Hint } from '../../../../compiler/ops/shared/hints.ts';
import {
  circuit,
  defineHint,
  type CircuitBuilder,
  type Format,
  type Tensor,
} from '../../../../dsl/index.ts';

export interface Chosen {
  readonly hint: Hint | string;
  readonly inputs: readonly Tensor[];
  readonly format: Format;
  readonly within: number;
}

let hints = 0;

/** A hint under a name of its own. */
export const named = (hint: Hint | string): string =>
  typeof hint === 'string' ? hint : defineHint(`hints-${hints++}`, hint);

export function choose(c: CircuitBuilder, { hint, inputs, format, within }: Chosen): Tensor {
  const y = c.advice(named(hint), [...inputs], format, inputs[0]!.shape, { within });
  y.expose('y');
  return y;
}

/** Names of what is assumed of the circuit, and why it is not derived. */
export function assumedOf(
  build: (c: CircuitBuilder) => void,
): (readonly [string, string | undefined])[] {
  const { assumptions } = analyzeAssumptions(compileCircuit(circuit('hinted', {}, build)));
  return assumptions.map(({ name, why }) => [name, why]);
}

export const isDerived = (build: (c: CircuitBuilder) => void): boolean =>
  assumedOf(build).length === 0;
