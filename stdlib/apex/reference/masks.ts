// Masks over named tensors: M = the k weights with the largest scores, over all tensors at once (eq. 9).
// Ties go to the earlier tensor, then to the smaller index, so that all clients hold the same mask.
import { checkBits, checkLength } from './checks.ts';
import { OperatorError } from './errors.ts';
import { checkNames, checkTensors, tensorPlace } from './named-tensors.ts';
import type { NamedTensors } from './named-tensors.ts';

/** Per tensor in scope, one entry per weight, flattened row-major: 1 = to be set to zero. */
export type Masks = ReadonlyMap<string, Uint8Array>;

/**
 * The global top-k (eq. 9).
 * @param input.scores one score per weight; the map's order decides ties.
 * @param input.k how many weights to mask, 0 ≤ k ≤ number of scores.
 * @returns one mask per tensor of `scores`, with exactly k ones in all.
 * @throws OperatorError `out-of-range` for k, or as `checkTensors` for the scores.
 */
export function topKMasks(input: { readonly scores: NamedTensors; readonly k: number }): Masks {
  const { scores, k } = input;
  checkTensors(scores, 'scores');
  const tensors = [...scores];
  const total = tensors.reduce((count, [, { data }]) => count + data.length, 0);
  if (!(Number.isSafeInteger(k) && k >= 0 && k <= total)) {
    throw new OperatorError({
      code: 'out-of-range',
      place: 'k',
      problem: `is ${k} with ${total} scores`,
      hint: `give a whole number of weights from 0 to ${total}`,
    });
  }

  // The k-th largest score: everything above it is in, and of its equals the first ones.
  const sorted = new Float64Array(total);
  let filled = 0;
  for (const [, { data }] of tensors) {
    sorted.set(data, filled);
    filled += data.length;
  }
  sorted.sort();
  const threshold = k === 0 ? Infinity : sorted[total - k]!;
  let equalsLeft = k - sorted.reduce((above, score) => above + (score > threshold ? 1 : 0), 0);

  const masks = new Map<string, Uint8Array>();
  for (const [name, { data }] of tensors) {
    const mask = new Uint8Array(data.length);
    data.forEach((score: number, i: number) => {
      if (score > threshold) mask[i] = 1;
      else if (score === threshold && equalsLeft > 0) {
        mask[i] = 1;
        equalsLeft--;
      }
    });
    masks.set(name, mask);
  }
  return masks;
}

/**
 * Checks that every mask belongs to a weight tensor, is as long as it, and holds bits only.
 * @throws OperatorError `unknown-tensor`, `bad-length` or `bad-value`.
 */
export function checkMasks(masks: Masks, weights: NamedTensors): void {
  checkNames(masks, weights, 'masks');
  for (const [name, mask] of masks) {
    const place = `masks: ${tensorPlace(name)}`;
    checkLength(mask, weights.get(name)!.data.length, place);
    checkBits(mask, place);
  }
}
