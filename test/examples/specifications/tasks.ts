// The intended computations of the examples of other tasks, in plain TypeScript. Commitments are given the numbers that they commit to.
import type { Specification } from '../../../compiler/testing/index.ts';

export const clippedStep: Specification<'weights' | 'gradient'> = ({ weights, gradient }) => ({
  next: weights.map((theta, i) => theta - 0.01 * Math.max(-1, Math.min(1, gradient[i]!))),
});

/** The scores h θ² / 2 − g θ in units of 2^-45: float64 does not hold them. */
export const topKMask: Specification<'weights' | 'gradient' | 'curvature', 'size' | 'k'> = (
  reals,
  { integers, parameters: { size, k } },
) => {
  const scores = integers.weights.map(
    (theta, i) => integers.curvature[i]! * theta * theta - ((integers.gradient[i]! * theta) << 17n),
  );
  const isAbove = (i: number, j: number): boolean =>
    scores[i]! > scores[j]! || (scores[i] === scores[j] && i < j);
  const mask = scores.map((_, i) => {
    const start = i - (i % size);
    const block = Array.from({ length: size }, (__, j) => start + j);
    return Number(block.filter((j) => isAbove(j, i)).length < k);
  });
  return {
    mask,
    'committed-weights': [...reals.weights],
    'committed-gradient': [...reals.gradient],
    'committed-curvature': [...reals.curvature],
  };
};

const matrixTimes = (
  matrix: readonly bigint[],
  vector: readonly bigint[],
  bias: readonly bigint[],
): bigint[] =>
  bias.map((each, row) =>
    vector.reduce((sum, x, i) => sum + matrix[row * vector.length + i]! * x, each),
  );

/** The network in integers, since a label says nothing of how near the logits are. */
export const classifier: Specification<'x' | 'w1' | 'b1' | 'w2' | 'b2'> = (reals, { integers }) => {
  const { x, w1, b1, w2, b2 } = integers;
  // Products have 18 fractional bits, biases 8: the sums are rounded to 8.
  const wide = (bias: readonly bigint[]): bigint[] => bias.map((each) => each << 10n);
  const rounded = (sum: bigint): bigint => (sum + 512n) >> 10n;
  const hidden = matrixTimes(w1, x, wide(b1)).map((z) => (z > 0n ? rounded(z) : 0n));
  const logits = matrixTimes(w2, hidden, wide(b2)).map(rounded);
  const largest = logits.reduce((a, b) => (b > a ? b : a));
  return {
    label: [BigInt(logits.indexOf(largest))],
    'layer-1': [...reals.w1, ...reals.b1],
    'layer-2': [...reals.w2, ...reals.b2],
  };
};

export const selectiveDampening: Specification<'weights' | 'forget' | 'all', 'alpha' | 'lambda'> = (
  { weights, forget, all },
  { parameters: { alpha, lambda } },
) => {
  const damped = weights.map((theta, i) =>
    forget[i]! > alpha * all[i]! ? theta * Math.min((lambda * all[i]!) / forget[i]!, 1) : theta,
  );
  return {
    damped,
    before: [...weights],
    'forget-importance': [...forget],
    importance: [...all],
    after: damped,
  };
};

export const rmsNorm: Specification<'x' | 'gamma', 'rows' | 'width'> = (
  { x, gamma },
  { parameters: { rows, width } },
) => {
  const means = Array.from({ length: rows }, (_, row) =>
    x
      .slice(row * width, (row + 1) * width)
      .reduce((sum, value) => sum + value ** 2 / width, 2 ** -10),
  );
  if (means.some((mean) => mean < 1 / 4)) return undefined;
  return {
    y: x.map((value, i) => (gamma[i % width]! * value) / Math.sqrt(means[Math.floor(i / width)]!)),
    inputs: [...x],
  };
};
