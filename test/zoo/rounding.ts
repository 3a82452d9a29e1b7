// A rounding by 2^4, and the three ways to get its checks wrong.
import { fractionOf } from '../../compiler/ir/format.ts';
import { linear, offset } from '../../compiler/constraints/expression.ts';
import type { Constraints } from '../../compiler/constraints/constraints.ts';
import type { Expression } from '../../compiler/constraints/expression.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { roundShift } from '../../compiler/numbers/rounding.ts';
import type { Compute } from '../../compiler/constraints/constraints.ts';
import { circuit, q } from '../../dsl/index.ts';
import { lowerWith } from './lower-with.ts';

type Take = (constraints: Constraints, bits: number, compute: Compute) => Expression;

/** Range-checked as it should be. */
export const checked: Take = (constraints, bits, compute) =>
  constraints.ranged(1, bits, compute)[0]!;

/** Not at all. */
export const unchecked: Take = (constraints, _, compute) => constraints.advice(1, compute)[0]!;

/** One bit too wide. */
export const tooWide: Take = (constraints, bits, compute) =>
  constraints.ranged(1, bits + 1, compute)[0]!;

/** x + 8 = 16 q + r, with q and r taken as told. */
export function rounding(quotient: Take, remainder: Take): LoweredProgram {
  const program = circuit('rounding', {}, (c) => {
    c.secret('x', q(12, 8), [2]).rescale(q(12, 4)).expose('y');
  }).build();
  return lowerWith(program, 'rescale', ([xs], call, constraints, ranges) =>
    xs!.map((x, element) => {
      constraints.element(element);
      const shift = fractionOf(call.arguments[0]!.format) - fractionOf(call.result.format);
      const { low, high } = ranges.result[element]!;
      const half = 1n << BigInt(shift - 1);
      const r = remainder(constraints, shift, (read) => [
        read(x) + half - (roundShift(read(x), shift) << BigInt(shift)),
      ]);
      const bits = (high - low).toString(2).length;
      const above = quotient(constraints, bits, (read) => [roundShift(read(x), shift) - low]);
      const y = offset(above, low);
      constraints.assertZero(offset(linear([x, y, r], [1n, -(1n << BigInt(shift)), -1n]), half));
      return y;
    }),
  );
}
