// Where values come from: inputs, constants, and what the prover chooses, which is an input here.
import { formatInterval } from '../../../ir/format.ts';
import {
  hull,
  product,
  scaled,
  difference,
  interval,
  magnitude,
} from '../../../numbers/interval.ts';
import { requireReach } from '../field.ts';
import {
  assertFormat,
  assertInterval,
  axesOf,
  forEach,
  indexOf,
  noirOp,
  type NoirOp,
} from '../line.ts';
import { arrayOf, element, literal, loops, nested } from '../text.ts';

/** low ≤ x < low + 2^bits, as the format says. */
const inFormat: NoirOp = (line) =>
  forEach(line, line.result, (x) => [assertFormat(x, formatInterval(line.result.type.format))]);

export const input = inFormat;
export const advice = inFormat;

export const constant = noirOp<{ values: readonly bigint[] }>((line) => {
  const { name, type } = line.result;
  const values = line.attributes.values.map(literal);
  const content =
    values.length === 1 ? arrayOf(type.shape, values[0]!) : nested(type.shape, values);
  return [`let ${name}: ${arrayOf(type.shape, 'Field')} = ${content};`];
});

/** low ≤ x ≤ high;  p_i (x_i − v_i) = 0;  −τ ≤ (1 − p_i) ((A x)_i − b_i) < τ. */
export const solve = noirOp<{ tolerance: bigint }>((line) => {
  const [matrix, rhs, pinned, values] = line.arguments;
  const solution = line.result;
  const { tolerance } = line.attributes;
  const n = solution.type.shape.at(-1)!;
  const terms = scaled(product(matrix!.range, solution.range), BigInt(n));
  const known = hull(difference(terms, rhs!.range), interval(0n, 0n));
  requireReach(line.op, magnitude(solution.range) + magnitude(values!.range));
  const axes = axesOf(line, solution.type);
  const index = indexOf(axes);
  const [column, residual] = [line.free('column'), line.free('residual')];
  const free = `(1 - ${element(pinned!.name, index)}) * ${residual}`;
  const term = [
    element(matrix!.name, [...index, column]),
    element(solution.name, [...index.slice(0, -1), column]),
  ];
  const checks = assertInterval(line.op, residual, interval(-tolerance, tolerance - 1n), known);
  return loops(axes, [
    assertFormat(element(solution.name, index), formatInterval(solution.type.format)),
    `assert(${element(pinned!.name, index)} * (${element(solution.name, index)} - ${element(values!.name, index)}) == 0, "solve: a pinned row is not exact");`,
    ...(checks.length === 0
      ? []
      : [
          `let mut ${residual}: Field = -${element(rhs!.name, index)};`,
          ...loops([{ name: column, length: n }], [`${residual} += ${term.join(' * ')};`]),
          `${residual} = ${free};`,
          ...checks,
        ]),
  ]);
});
