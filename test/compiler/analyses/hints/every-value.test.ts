// The derived distance, held against every pair of an argument and a value that the constraints accept.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factsOf } from '../../../../compiler/analyses/assumptions/facts.ts';
import { nearHint } from '../../../../compiler/analyses/assumptions/hints/near-hint.ts';
import { expandForms } from '../../../../compiler/analyses/assumptions/spread.ts';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { analyzeErrors } from '../../../../compiler/meanings/error.ts';
import type { Hint } from '../../../../compiler/ops/shared/hints.ts';
import { circuit, q, u, type Tensor } from '../../../../dsl/index.ts';
import { runs } from '../../../tier.ts';
import { choose, named } from './author.ts';

const fraction = 2;
const unit = 2 ** fraction;

/** An assertion of an author on y and x, and whether it holds of two numbers. */
interface Assertion {
  readonly name: string;
  assert(y: Tensor, x: Tensor): void;
  holds(y: number, x: number): boolean;
}

const within = (
  name: string,
  of: (y: Tensor, x: Tensor) => Tensor,
  value: (y: number, x: number) => number,
  low: number,
  high: number,
): Assertion => ({
  name,
  assert: (y, x) => void of(y, x).assertWithin({ low, high }),
  holds: (y, x) => low <= value(y, x) && value(y, x) <= high,
});

const zero = (
  name: string,
  of: (y: Tensor, x: Tensor) => Tensor,
  value: (y: number, x: number) => number,
): Assertion => ({
  name,
  assert: (y, x) => void of(y, x).assertZero(),
  holds: (y, x) => value(y, x) === 0,
});

const assertions: readonly Assertion[] = [
  within(
    'y ≥ x',
    (y, x) => y.sub(x),
    (y, x) => y - x,
    0,
    31,
  ),
  within(
    'y ≥ −x',
    (y, x) => y.add(x),
    (y, x) => y + x,
    0,
    31,
  ),
  within(
    'x ≥ 1',
    (_, x) => x,
    (_, x) => x,
    1,
    7,
  ),
  within(
    'x ≥ 1/4',
    (_, x) => x,
    (_, x) => x,
    0.25,
    7,
  ),
  within(
    'y ≥ 1',
    (y) => y,
    (y) => y,
    1,
    7,
  ),
  within(
    'x y near 1',
    (y, x) => y.mul(x),
    (y, x) => y * x,
    0.75,
    1.25,
  ),
  within(
    'x y² near 1',
    (y, x) => y.mul(y).mul(x),
    (y, x) => y * y * x,
    0.5,
    1.5,
  ),
  within(
    'y² near x',
    (y, x) => y.mul(y).sub(x),
    (y, x) => y * y - x,
    -0.25,
    0.5,
  ),
  within(
    '2 y near x',
    (y, x) => y.add(y).sub(x),
    (y, x) => 2 * y - x,
    -0.5,
    0.25,
  ),
  zero(
    'y² = x y',
    (y, x) => y.mul(y).sub(y.mul(x)),
    (y, x) => y * y - x * y,
  ),
  zero(
    'y² = x²',
    (y, x) => y.mul(y).sub(x.mul(x)),
    (y, x) => y * y - x * x,
  ),
  zero(
    '(y − x) (y − 1) = 0',
    (y, x) => y.sub(x).mul(y.sub(1)),
    (y, x) => (y - x) * (y - 1),
  ),
  zero(
    'y (y − x) (y − 1) = 0',
    (y, x) => y.mul(y.sub(x)).mul(y.sub(1)),
    (y, x) => y * (y - x) * (y - 1),
  ),
  zero(
    'y = x',
    (y, x) => y.sub(x),
    (y, x) => y - x,
  ),
];

const hints: readonly Hint[] = [
  ([x]) => x!.map((v) => Math.max(0, v)),
  ([x]) => x!.map(Math.abs),
  ([x]) => x!,
  ([x]) => x!.map((v) => -v),
  ([x]) => x!.map((v) => Math.max(1, v)),
  ([x]) => x!.map((v) => Math.min(1, Math.max(0, v))),
  ([x]) => x!.map((v) => (v > 0 ? v : 0)),
  ([x]) => x!.map((v) => (v >= 1 ? 1 / v : 1)),
  ([x]) => x!.map((v) => v / 2),
  ([x]) => x!.map((v) => 1 / v),
  ([x]) => x!.map((v) => Math.sqrt(v)),
  ([x]) => x!.map((v) => 1 / Math.sqrt(v)),
];
const names = hints.map(named);

/** The derived distance, in real units. */
function derived(hint: string, asserted: readonly Assertion[], signed: boolean) {
  const built = compileCircuit(
    circuit('small', {}, (c) => {
      const x = c.secret('x', q(5, fraction), [], { exact: true });
      const format = signed ? q(6, fraction) : u(5, fraction);
      const y = choose(c, { hint, inputs: [x], format, within: 0.25 });
      for (const { assert } of asserted) assert(y, x);
    }),
  );
  const { program, ranges } = built;
  const facts = factsOf(program, ranges);
  const line = program.lines.findIndex(({ op }) => op === 'advice');
  const errors = analyzeErrors(program, ranges);
  return nearHint(hint, line, { circuit: built, facts, forms: expandForms(facts), errors });
}

test('no accepted value is farther from the hint than what is derived', () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.subarray([...assertions], { minLength: 1, maxLength: 4 }),
      fc.nat({ max: hints.length - 1 }),
      fc.boolean(),
      (asserted, which, signed) => {
        const near = derived(names[which]!, asserted, signed);
        if ('why' in near) return;
        found++;
        for (let x = -4; x < 4; x += 1 / unit)
          for (let y = signed ? -8 : 0; y < 8; y += 1 / unit) {
            if (!asserted.every(({ holds }) => holds(y, x))) continue;
            const value = hints[which]!([Float64Array.of(x)], { shape: [], format: q(5, 2) })[0]!;
            const distance = Math.abs(y - value);
            if (!(distance <= near.distance * (1 + 2 ** -30)))
              throw new Error(
                `y = ${y} for x = ${x}: ${distance} from the hint, ${near.distance} derived`,
              );
          }
      },
    ),
    { numRuns: runs(800) },
  );
  // A law that nothing meets would say nothing.
  expect(found).toBeGreaterThan(runs(800) / 60);
});
