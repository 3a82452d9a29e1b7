// Measures of predictions [n, places, classes], logarithms of probabilities, against labels [n, places].

export interface Labelled {
  readonly labels: Uint8Array;
  readonly places: number;
}

/** The fraction of places whose most probable class is the label; a tie counts as wrong. */
export function accuracyOf(predictions: Float32Array, { labels }: Labelled): number {
  const classes = predictions.length / labels.length;
  let right = 0;
  labels.forEach((label, place) => {
    const row = predictions.subarray(place * classes, (place + 1) * classes);
    const truth = row[label]!;
    if (row.every((value, rival) => rival === label || value < truth)) right++;
  });
  return right / labels.length;
}

/** −log p(label) of each example in nats, the mean over its places. */
export function lossesOf(predictions: Float32Array, { labels, places }: Labelled): Float64Array {
  const classes = predictions.length / labels.length;
  const losses = new Float64Array(labels.length / places);
  labels.forEach((label, place) => {
    losses[Math.floor(place / places)]! -= predictions[place * classes + label]! / places;
  });
  return losses;
}

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};
