// The Pareto front: points that no other beats in cost and in quality.
import type { Point } from './evaluate.ts';

export const costs = {
  rows: { title: 'rows per weight', of: (point: Point): number => point.rowsPerWeight },
  'core-ms': {
    title: 'core-ms per weight',
    of: (point: Point): number => point.coreMillisecondsPerWeight,
  },
} as const;

/** Less is better. The size of a block stands for the accuracy that it keeps, which experiments alone can measure. */
export const qualities = {
  epsilon: { title: 'ε of a block', of: (point: Point): number => point.epsilon },
  size: { title: '1 / block size', of: ({ spec }: Point): number => 1 / spec.size },
} as const;

export type CostName = keyof typeof costs;
export type QualityName = keyof typeof qualities;

/** Cheapest first; each costs more than the one before and is better. The first of equal points is kept. */
export function frontOf(points: readonly Point[], cost: CostName, quality: QualityName): Point[] {
  const [costOf, qualityOf] = [costs[cost].of, qualities[quality].of];
  const sorted = [...points].sort((a, b) => costOf(a) - costOf(b) || qualityOf(a) - qualityOf(b));
  let best = Infinity;
  return sorted.filter((point) => {
    const better = qualityOf(point) < best;
    best = Math.min(best, qualityOf(point));
    return better;
  });
}
