// How files of gradients name their tensors: a prefix, then the weight's own name, in the weight's own shape.
// docs/bring-your-model.md holds the PyTorch code that writes them; a test holds the two together.

/** The prefixes. */
export const gradientNames = {
  /** Mean gradient of the loss on the forget set, shaped as the weight. */
  mean: 'mean.',
  /** Mean of the squared per-example gradients on the forget set, undamped, shaped as the weight. */
  fisher: 'fisher.',
  /** The same two on retained data: both or neither, for the score `ratio`. */
  retainMean: 'retain_mean.',
  retainFisher: 'retain_fisher.',
  /** Per-example gradients of the true-label loss: [n, ...shape of the weight]. */
  example: 'grad.',
} as const;
