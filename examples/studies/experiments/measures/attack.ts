// Membership inference by the loss: an example with a smaller loss is taken for one that was trained on. The area under the
// curve is P(loss of a member < loss of another) + ½ P(equal), and its variance is DeLong's:
//   var = S₁₀/m + S₀₁/n, S₁₀ and S₀₁ the sample variances of each example's part in the area.
import { mean } from './accuracy.ts';

export interface Attack {
  /** ½ when members look like others. */
  readonly area: number;
  /** 95 %, within [0, 1]. */
  readonly low: number;
  readonly high: number;
  /** Examples on each side. */
  readonly members: number;
}

/** Balanced: of the larger side only the first are taken. Throws a RangeError when there are not two on each side. */
export function attackByLoss(members: Float64Array, others: Float64Array): Attack {
  const count = Math.min(members.length, others.length);
  if (count < 2) throw new RangeError('an attack needs at least two examples on each side');
  const [ours, theirs] = [members.subarray(0, count), others.subarray(0, count)];
  // Of a member: the part of the others with a larger loss; of another: the part of the members with a smaller one.
  const among = partsBelow(ours, theirs).map((part) => 1 - part);
  const against = partsBelow(theirs, ours);
  const area = mean(among);
  const error = Math.sqrt(variance(among) / count + variance(against) / count);
  const reach = 1.96 * error;
  return {
    area,
    low: Math.max(0, area - reach),
    high: Math.min(1, area + reach),
    members: count,
  };
}

/** For each value, the part of `others` that is smaller, equals by half. */
function partsBelow(values: Float64Array, others: Float64Array): Float64Array {
  const sorted = others.slice().sort();
  const firstNotBelow = (limit: number, orEqual: boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const below = orEqual ? sorted[middle]! <= limit : sorted[middle]! < limit;
      if (below) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return values.map(
    (value) => (firstNotBelow(value, false) + firstNotBelow(value, true)) / 2 / sorted.length,
  );
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return sum / (values.length - 1);
}
