// Operations on several tensors that read better as functions.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { bit, formatInterval, fractionOf, q, type Format } from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import { checkAxis } from '../compiler/ir/shape.ts';
import { bitLength, magnitude } from '../compiler/numbers/interval.ts';
import { safeTolerance } from '../compiler/numbers/linear-system.ts';
import { roundReal } from '../compiler/numbers/rounding.ts';
import { authorLine, located } from './source-line.ts';
import type { Tensor } from './tensor.ts';

/** Tensors of one format, one after the other along an axis. */
export function concat(tensors: readonly Tensor[], { axis }: { axis: number }): Tensor {
  const [first, ...others] = tensors;
  if (!first)
    fail(
      'bad-argument-count',
      'concat expects at least one tensor, got none',
      'give it a tensor',
      authorLine(),
    );
  return first.apply('concat', others, {
    axis: located(() => checkAxis(first.shape, axis)),
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
  const { matrix, rhs, pinned, smallestEigenvalue } = system;
  const format = matrix.formatOf(system.format);
  const residual = fractionOf(matrix.format) + fractionOf(format);
  const shape = matrix.shape.slice(0, -1);
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
      tolerance: toleranceOf(system, residual),
      smallestEigenvalue,
    },
  );
}

/** τ in units of the residual's last place; one that is left open is 2^(bits − 1) of them. */
function toleranceOf({ matrix, tolerance }: LinearSystem, fraction: number): bigint {
  if (tolerance !== undefined)
    return located(() => roundReal(Math.floor(tolerance * 2 ** fraction)));
  // [−τ, τ) is a range of 2 τ.
  const row = magnitude(formatInterval(matrix.format)) * BigInt(matrix.shape.at(-1) ?? 1);
  const least = bitLength(safeTolerance(row));
  return 1n << BigInt(matrix.toleranceBits(least) - 1);
}
