// Alignment with the exactly retrained model (eq. 3): the mean over examples of KL(p(·|x; θ_u) ‖ p(·|x; θ*)), in nats.

/** Of two predictions of one shape, logarithms of probabilities over `classes`. */
export function meanDivergence(
  unlearned: Float32Array,
  exact: Float32Array,
  classes: number,
): number {
  if (unlearned.length !== exact.length) throw new RangeError('predictions of different examples');
  let sum = 0;
  // In double precision: the terms of a sum near 0 cancel.
  unlearned.forEach((value, i) => (sum += Math.exp(value) * (value - exact[i]!)));
  return sum / (unlearned.length / classes);
}
