// One score out of several: the mean over seeds, or the candidate that a method is shown with.
import { mean } from '../measures/accuracy.ts';
import type { Quality, Score } from './score.ts';

/** The mean of each number; the attack's interval is the mean interval. Alignment where all have it. */
export function meanScore(scores: readonly Score[]): Score {
  const of = (read: (score: Score) => number): number => mean(scores.map(read));
  const quality = (set: 'forget' | 'personal' | 'retain'): Quality => ({
    accuracy: of((each) => each[set].accuracy),
    loss: of((each) => each[set].loss),
  });
  return {
    forget: quality('forget'),
    personal: quality('personal'),
    retain: quality('retain'),
    attack: {
      area: of(({ attack }) => attack.area),
      low: of(({ attack }) => attack.low),
      high: of(({ attack }) => attack.high),
      members: scores[0]!.attack.members,
    },
    ...(scores.every(({ alignment }) => alignment)
      ? {
          alignment: {
            forget: of(({ alignment }) => alignment!.forget),
            personal: of(({ alignment }) => alignment!.personal),
          },
        }
      : {}),
    seconds: of(({ seconds }) => seconds),
    details: scores[0]!.details,
  };
}

/** Of forget accuracy, from the exact model's. */
const near = 0.02;

/**
 * The candidate that flatters a method most: of those whose forget accuracy is near the exact model's, the one with the best
 * personal accuracy; when none is, the nearest. It is chosen on the very sets that it is shown on.
 */
export function bestOf(scores: readonly Score[], exact: Score): number {
  const distance = (i: number): number =>
    Math.abs(scores[i]!.forget.accuracy - exact.forget.accuracy);
  const order = scores.map((_, i) => i);
  const alike = order.filter((i) => distance(i) <= near);
  const personal = (i: number): number => scores[i]!.personal.accuracy;
  return alike.length > 0
    ? alike.toSorted((a, b) => personal(b) - personal(a))[0]!
    : order.toSorted((a, b) => distance(a) - distance(b))[0]!;
}

/** The part of the personal accuracy lost by masking that compensation brings back; undefined when almost nothing was lost. */
export function recovered(before: Score, masked: Score, compensated: Score): number | undefined {
  const lost = before.personal.accuracy - masked.personal.accuracy;
  if (lost < 0.01) return undefined;
  return (compensated.personal.accuracy - masked.personal.accuracy) / lost;
}
