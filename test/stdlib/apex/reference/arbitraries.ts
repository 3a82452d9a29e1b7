// Random Fisher blocks, masks and tensors for the laws of the reference operator.
import fc from 'fast-check';
import type { Matrix, NamedTensors } from '../../../../stdlib/apex/reference/index.ts';
import { runs } from '../../../tier.ts';

export const numRuns = runs(200);

/** Mostly multiples of bound/4096, which spread evenly; at times any double, subnormal ones too. */
export const real = (bound: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -4096, max: 4096 }).map((n) => (n / 4096) * bound) },
    { weight: 1, arbitrary: fc.double({ min: -bound, max: bound, noNaN: true }) },
  );

export const reals = (length: number, bound: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(real(bound), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));

export const bits = (length: number): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.constantFrom(0, 1), { minLength: length, maxLength: length })
    .map((values) => Uint8Array.from(values));

export interface RandomBlock {
  gradients: Float64Array[];
  damping: number;
  weights: Float64Array;
  mask: Uint8Array;
}

/** A block of 1 to 8 weights with 1 to 6 examples, well enough conditioned for 1e-9. */
export const randomBlock: fc.Arbitrary<RandomBlock> = fc.integer({ min: 1, max: 8 }).chain((size) =>
  fc.record({
    gradients: fc.array(reals(size, 2), { minLength: 1, maxLength: 6 }),
    damping: fc.double({ min: 0.1, max: 2, noNaN: true }),
    weights: reals(size, 3),
    mask: bits(size),
  }),
);

/** One to three tensors of rank 0 to 3, empty ones included. */
export const randomTensors: fc.Arbitrary<NamedTensors> = fc
  .array(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .chain((shapes) =>
    fc.tuple(
      ...shapes.map((shape) =>
        reals(
          shape.reduce((count, dimension) => count * dimension, 1),
          3,
        ).map((data) => ({ shape, data })),
      ),
    ),
  )
  .map((tensors) => new Map(tensors.map((tensor, i) => [`tensor-${i}`, tensor])));

/** The largest absolute difference of two vectors. */
export function distance(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Infinity;
  return Array.from(left, (value, i) => Math.abs(value - right[i]!)).reduce(
    (a, b) => Math.max(a, b),
    0,
  );
}

/** ½ vᵀAv. */
export function halfQuadratic(matrix: Matrix, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < matrix.columns; j++) {
      sum += vector[i]! * matrix.entries[i * matrix.columns + j]! * vector[j]!;
    }
  }
  return 0.5 * sum;
}

/** A square matrix from its rows. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return {
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    entries: Float64Array.from(rows.flat()),
  };
}
