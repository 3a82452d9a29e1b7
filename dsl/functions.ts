// Operations on several tensors that read better as functions.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { bit, formatInterval, fractionOf, q, type Format } from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import { checkAxis } from '../compiler/ir/shape.ts';
import { bitLength, magnitude } from '../compiler/numbers/interval.ts';
import { safeTolerance } from '../compiler/numbers/linear-system.ts';
import { roundReal } from '../compiler/numbers/rounding.ts';
import { refuse, requireFormat, requireOptions } from './slips.ts';
import { authorLine, located } from './source-line.ts';
import { requireTensor, type Tensor } from './tensor.ts';

/** Tensors of one format, one after the other along an axis. */
export function concat(tensors: readonly Tensor[], options: { axis: number }): Tensor {
  if (!Array.isArray(tensors))
    refuse('concat expects a list of tensors', tensors, 'concat([a, b], { axis: 0 })');
  for (const each of tensors) requireTensor('concat', each);
  requireOptions('concat', options, { axis: 'number' }, (given) => `concat([a, b], ${given})`);
  const [first, ...others] = tensors;
  if (!first)
    fail(
      'bad-argument-count',
      'concat expects at least one tensor, got none',
      'give it a tensor',
      authorLine(),
    );
  return first.apply('concat', others, {
    axis: located(() => checkAxis(first.shape, options.axis)),
  });
}

export interface LinearSystem {
  /** A, [..., n, n]. */
  readonly matrix: Tensor;
  /** b, [..., n]; 0 when left out. Aligned exactly to the residual's fractional bits. */
  readonly rhs?: Tensor;
  /** Rows i with x_i = values_i in place of (A x)_i = b_i; mask of bits and values, both [..., n]. */
  readonly pinned?: { readonly mask: Tensor; readonly values: Tensor };
  /** The format of the solution x. */
  readonly format: Format | OpenFormat;
  /**
   * τ, real: the residual (A x − b)_i of every free row lies in [−τ, τ). Cheapest when it is a power of two. Left out,
   * the compiler chooses one that never refuses an honest prover.
   */
  readonly tolerance?: number;
  /** A is symmetric with no eigenvalue below this, by construction; conditions the error bound. */
  readonly smallestEigenvalue: number;
}

/**
 * The solution x, [..., n], of a linear system up to a residual. A declared relation: every x within the tolerance
 * is accepted, at most √n · τ / λ_min from the exact solution.
 */
export function solve(system: LinearSystem): Tensor {
  const { matrix, rhs, pinned, smallestEigenvalue } = Object(system) as LinearSystem;
  requireTensor('solve: matrix', matrix);
  if (rhs !== undefined) requireTensor('solve: rhs', rhs);
  if (pinned !== undefined) {
    requireTensor('solve: pinned.mask', pinned.mask);
    requireTensor('solve: pinned.values', pinned.values);
  }
  requireFormat('solve', system.format, (format) => `solve({ …, format: ${format} })`);
  const format = matrix.formatOf(system.format);
  const residual = fractionOf(matrix.format) + fractionOf(format);
  const shape = matrix.shape.slice(0, -1);
  const largestRow = magnitude(formatInterval(matrix.format)) * BigInt(matrix.shape.at(-1) ?? 1);
  const zero = (like: Format): Tensor => matrix.constantLike(0, { shape, format: like });
  return matrix.apply(
    'solve',
    [
      rhs?.align({ fraction: residual }) ?? zero(q(1, residual)),
      pinned?.mask ?? zero(bit),
      pinned?.values.align({ fraction: fractionOf(format) }) ?? zero(format),
    ],
    {
      to: format,
      tolerance: toleranceOf(matrix, largestRow, system.tolerance, residual),
      smallestEigenvalue,
    },
  );
}

export interface GramSystem {
  /** G, [..., r, n]: the matrix is A = λ I + GᵀG. */
  readonly factor: Tensor;
  /** λ > 0, a multiple of 2^(−2 f) where f are the fractional bits of G: no eigenvalue of A is below it, by construction. */
  readonly damping: number;
  /** Rows i with x_i = values_i in place of (A (x − o))_i = 0; mask of bits and values, both [..., n]; or a value for all. */
  readonly pinned: { readonly mask: Tensor; readonly values: Tensor | number };
  /** o, [..., n]; 0 when left out. */
  readonly origin?: Tensor;
  /** The format of the solution x. */
  readonly format: Format | OpenFormat;
  /** τ, as in {@link LinearSystem}, for |(A (x − o))_i|. */
  readonly tolerance?: number;
}

/**
 * The solution x, [..., n], of (λ I + GᵀG) (x − o) = 0 off the pinned rows, up to a residual: 2 r n products, and A is never
 * formed. A declared relation: every x within the tolerance is accepted, at most √n · τ / λ from the exact solution.
 */
export function solveGram({ factor, damping, pinned, origin, ...system }: GramSystem): Tensor {
  requireTensor('solveGram: factor', factor);
  requireTensor('solveGram: pinned.mask', pinned?.mask);
  if (typeof pinned.values !== 'number') requireTensor('solveGram: pinned.values', pinned.values);
  if (origin !== undefined) requireTensor('solveGram: origin', origin);
  requireFormat('solveGram', system.format, (format) => `solveGram({ …, format: ${format} })`);
  const format = factor.formatOf(system.format);
  const gram = 2 * fractionOf(factor.format);
  const fraction = gram + fractionOf(format);
  const units = located(() => exactUnits(damping, gram));
  const [r, n] = [factor.shape.at(-2) ?? 1, factor.shape.at(-1) ?? 1];
  const row = units + BigInt(r * n) * magnitude(formatInterval(factor.format)) ** 2n;
  const shape = [...factor.shape.slice(0, -2), n];
  const aligned = (tensor: Tensor | number): Tensor =>
    typeof tensor === 'number'
      ? factor.constantLike(tensor, { shape, format })
      : tensor.align({ fraction: fractionOf(format) });
  return factor.apply('solve-gram', [pinned.mask, aligned(pinned.values), aligned(origin ?? 0)], {
    to: format,
    tolerance: toleranceOf(factor, row, system.tolerance, fraction),
    damping: units,
  });
}

function exactUnits(damping: number, fraction: number): bigint {
  const units = damping * 2 ** fraction;
  if (!Number.isInteger(units))
    fail(
      'bad-bounds',
      `solve-gram: the damping ${damping} is no multiple of 2^−${fraction}`,
      'a damping of 1 always is',
    );
  return BigInt(units);
}

/**
 * τ in units of the residual's last place; one that is left open is 2^(bits − 1) of them. `row` bounds the sums
 * Σ_j |A_ij| in integers.
 */
function toleranceOf(
  tensor: Tensor,
  row: bigint,
  tolerance: number | undefined,
  fraction: number,
): bigint {
  if (tolerance !== undefined)
    return located(() => roundReal(Math.floor(tolerance * 2 ** fraction)));
  // [−τ, τ) is a range of 2 τ.
  const least = bitLength(safeTolerance(row));
  return 1n << BigInt(tensor.toleranceBits(least) - 1);
}
