// Intervals that structure makes narrower than the formats, and what that saves.
import { describe, expect, test, vi } from 'vitest';
import { analyzeRanges } from '../../../compiler/meanings/range.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { hull } from '../../../compiler/numbers/interval.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { checkLaws } from '../../../compiler/testing/index.ts';
import { findOp } from '../../../compiler/ops/index.ts';
import { pack } from '../../../compiler/ops/pack.ts';
import { runPasses } from '../../../compiler/passes/pipeline.ts';
import { print } from '../../../compiler/program/print.ts';
import { bit, circuit, q, u, type CircuitBuilder, type Tensor } from '../../../dsl/index.ts';
import { runs } from '../../tier.ts';

const build = (describeIt: (c: CircuitBuilder) => Tensor) =>
  circuit('ranged', {}, (c) => describeIt(c).expose('y'));

/** The interval of the exposed value. */
function rangeOf(describeIt: (c: CircuitBuilder) => Tensor): [bigint, bigint] {
  const program = build(describeIt).build();
  const { low, high } = hull(...analyzeRanges(program)[program.lines.at(-1)!.arguments[0]!]!);
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
    checkLaws(squared, { numRuns: runs(30) });
  });
});

/** The intervals of the exposed value's elements. */
function rangesOf(describeIt: (c: CircuitBuilder) => Tensor): (readonly [bigint, bigint])[] {
  const program = build(describeIt).build();
  const ranges = analyzeRanges(program)[program.lines.at(-1)!.arguments[0]!]!;
  return ranges.map(({ low, high }) => [low, high] as const);
}

const rowsOf = (describeIt: (c: CircuitBuilder) => Tensor): number =>
  totalRows(countRows(lower(build(describeIt).build()).system));

describe('element by element', () => {
  const weights = (c: CircuitBuilder) => c.constant([1, 2, -3, 0], q(8, 0), [2, 2]);

  test('a constant has its own intervals, a mask its operands, a known mask one of them', () => {
    const mask = (c: CircuitBuilder) => c.constant([1, 0], bit, [2]);
    expect(rangesOf((c) => x(c, 2).add(c.constant([3, 5], q(8, 0), [2])))).toEqual([
      [-125n, 130n],
      [-123n, 132n],
    ]);
    expect(rangesOf((c) => c.public('m', bit, [1]).select(x(c), 0))).toEqual([[-128n, 127n]]);
    expect(rangesOf((c) => mask(c).select(x(c, 2), 0))).toEqual([
      [-128n, 127n],
      [0n, 0n],
    ]);
  });

  test('a contraction with constants weighs every term', () => {
    expect(rangesOf((c) => weights(c).contract('ij,j->i', x(c, 2)))).toEqual([
      [-384n, 381n],
      [-381n, 384n],
    ]);
    expect(rangesOf((c) => weights(c).sum({ axis: 1 }))).toEqual([
      [3n, 3n],
      [-3n, -3n],
    ]);
  });

  test('movements take the interval along', () => {
    const moved = (c: CircuitBuilder) =>
      weights(c).transpose([1, 0]).slice({ axis: 0, start: 0, end: 1 });
    expect(rangesOf(moved)).toEqual([
      [1n, 1n],
      [-3n, -3n],
    ]);
  });

  test('a known quotient costs nothing, one that fits no more than its limbs', () => {
    const halved = (c: CircuitBuilder) => x(c, 2).mul(c.constant([0, 1], q(8, 1), [2]));
    expect(rangesOf((c) => halved(c).rescale(q(16, 0)))[0]).toEqual([0n, 0n]);
    // One element is left: a remainder of one bit, a quotient in one 12-bit limb, and the equation between them.
    const rounding = rowsOf((c) => halved(c).rescale(q(16, 0))) - rowsOf(halved);
    expect(rounding).toBeLessThanOrEqual(2);
    // 13 bits would be two limbs, the second checked twice; two whole ones cost less, and the law holds.
    const wide = build((c) => c.secret('x', q(25, 12), [1]).rescale(q(24, 0)));
    checkLaws(wide, { numRuns: runs(50) });
  });
});

test('a value past its lane does not pack', () => {
  const format = q(8, 0);
  const call = {
    attributes: {},
    arguments: [{ shape: [1], format }],
    result: { shape: [1], format: { kind: 'field' as const } },
    operands: [0],
  };
  expect(() => pack.range([[{ low: -129n, high: 0n }]], call)).toThrow('lane-overflow');
  expect(pack.range([[{ low: -128n, high: 127n }]], call)).toHaveLength(1);
});

describe('a program is analysed once', () => {
  const product = () => build((c) => x(c).mul(c.secret('z', q(8, 0), [1]))).build();

  test('by passes and lowering together', () => {
    const program = product();
    const range = vi.spyOn(findOp('mul'), 'range');
    try {
      expect(runPasses(program)).toBe(program);
      lower(program);
      expect(range).toHaveBeenCalledTimes(1);
    } finally {
      range.mockRestore();
    }
  });

  test('and another program anew', () => {
    const [one, other] = [product(), product()];
    expect(analyzeRanges(one)).toBe(analyzeRanges(one));
    expect(analyzeRanges(other)).not.toBe(analyzeRanges(one));
  });

  test('which cannot be changed by a list that its author keeps', () => {
    const indices = [0, 1];
    const program = build((c) => x(c, 3).gather({ axis: 0, indices })).build();
    const before = print(program);
    indices[1] = 2;
    expect(print(program)).toBe(before);
  });
});
