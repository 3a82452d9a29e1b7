// The weights after Group OBS by columns, off the mask S: for multipliers ν of S (columns.ts),
//   z = Σ_{i ∈ S} R_i ν_i,   θ_u(j) = clamp ⌊θ_j − R_j · z⌉   to the format of θ, halves rounded up.
// This is the update −K_{:,S} ν of eq. 14 for K = φ I + RᵀR: off S, φ I has no part in it. Only the columns in S and those of the
// weights that are asked for are opened.
import { concat, q, u, type FixedFormat, type Format, type Tensor } from '../../dsl/index.ts';
import { between, imagesOf, stack } from './images.ts';

export interface UnlearnedColumns {
  /** Column i of R for each i in S, ascending, [blocks, length of the column]: its entries past that are 0. */
  readonly masked: readonly Tensor[];
  /** ν, [blocks, k]. */
  readonly multipliers: Tensor;
  /** Column j of R for each weight that is asked for, none of S; as `masked`. */
  readonly columns: readonly Tensor[];
  /** θ_j of those, [blocks, n]. */
  readonly weights: Tensor;
}

/** θ_u of the weights that are asked for, [blocks, n], in the format of θ. Every value is determined by the arguments. */
export function unlearnedByColumns({
  masked,
  multipliers,
  columns,
  weights,
}: UnlearnedColumns): Tensor {
  const z = joined(imagesOf(masked, multipliers).map(({ images }) => images));
  // Columns of one length share products with z.
  const sums = runs(columns).map((own) => {
    const end = Math.min(own[0]!.shape[1]!, z.shape[1]!);
    const reaching = stack(own.map((column) => between(column, 0, end)));
    return reaching.contract('bnj,bj->bn', between(z, 0, end));
  });
  return clamped(weights.sub(joined(sums)), weights.format);
}

/** Parts of a vector of each block, in the widest of their formats. Costs nothing. */
function joined(parts: readonly Tensor[]): Tensor {
  if (parts.length === 1) return parts[0]!;
  const formats = parts.map(({ format }) => numbersOf(format));
  const widest = formats.reduce((a, b) => (b.bits > a.bits ? b : a));
  return concat(
    parts.map((part) => part.rescale(widest)),
    { axis: 1 },
  );
}

/** Consecutive columns of one length. */
function runs(columns: readonly Tensor[]): Tensor[][] {
  const all: Tensor[][] = [];
  for (const column of columns) {
    const last = all.at(-1);
    if (last?.[0]!.shape[1] === column.shape[1]) last!.push(column);
    else all.push([column]);
  }
  return all;
}

/** Rounded to the fractional bits of a format, then brought to its nearest number. */
function clamped(values: Tensor, format: Format): Tensor {
  const [from, to] = [numbersOf(values.format), numbersOf(format)];
  // Wide enough for every rounded value.
  const wide = q(from.bits - (from.fraction - to.fraction) + 1, to.fraction);
  const [least, count] = [to.signed ? -(2 ** (to.bits - 1)) : 0, 2 ** to.bits];
  const unit = 2 ** -to.fraction;
  return values
    .rescale(wide)
    .clip({ low: least * unit, high: (least + count - 1) * unit })
    .rescale(format);
}

/** Bits are whole numbers. */
const numbersOf = (format: Format): FixedFormat => (format.kind === 'fixed' ? format : u(1, 0));
