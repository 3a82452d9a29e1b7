// Intervals that structure makes narrower than the formats, and what that saves.
import { describe, expect, test } from 'vitest';
import { analyzeRanges } from '../../../compiler/analyses/range.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { checkLaws } from '../../../compiler/testing/index.ts';
import { circuit, q, u, type CircuitBuilder, type Tensor } from '../../../dsl/index.ts';

const build = (describeIt: (c: CircuitBuilder) => Tensor) =>
  circuit('ranged', {}, (c) => describeIt(c).expose('y'));

/** The interval of the exposed value. */
function rangeOf(describeIt: (c: CircuitBuilder) => Tensor): [bigint, bigint] {
  const program = build(describeIt).build();
  const { low, high } = analyzeRanges(program)[program.lines.at(-1)!.arguments[0]!]!;
  return [low, high];
}

const x = (c: CircuitBuilder, length = 1) => c.secret('x', q(8, 0), [length]);

describe('squares are not negative', () => {
  test.each<[string, (c: CircuitBuilder) => Tensor, [bigint, bigint]]>([
    ['x · x', (c) => square(x(c)), [0n, 16384n]],
    ['x · y', (c) => x(c).mul(c.secret('z', q(8, 0), [1])), [-16256n, 16384n]],
    ['Σ x · x', (c) => contracted(x(c, 3), 'i,i->'), [0n, 3n * 16384n]],
    ['x xᵀ', (c) => contracted(x(c, 3), 'i,j->ij'), [-16256n, 16384n]],
    ['(x + 200)²', (c) => square(x(c).add(200)), [72n ** 2n, 327n ** 2n]],
  ])('%s', (_, describeIt, expected) => {
    expect(rangeOf(describeIt)).toEqual(expected);
  });

  const square = (value: Tensor): Tensor => value.mul(value);
  const contracted = (value: Tensor, subscripts: string): Tensor =>
    value.contract(subscripts, value);

  test('so a square that fits needs no check', () => {
    const squared = build((c) => square(x(c)).rescale(u(15, 0)));
    const product = build((c) =>
      x(c)
        .mul(c.secret('z', q(8, 0), [1]))
        .rescale(u(15, 0)),
    );
    const rows = (each: typeof squared) => totalRows(countRows(lower(each.build()).system));
    expect(rows(squared)).toBeLessThan(rows(product));
    checkLaws(squared, { numRuns: 30 });
  });
});

test('a constant has its own interval, a mask none but its operands', () => {
  expect(rangeOf((c) => x(c).add(c.constant([3], q(8, 0), [1])))).toEqual([-125n, 130n]);
  expect(rangeOf((c) => c.public('m', { kind: 'bit' }, [1]).select(x(c), 0))).toEqual([
    -128n,
    127n,
  ]);
});
