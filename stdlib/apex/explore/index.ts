// Which block size, width and tolerance to plan with.
import { candidates } from './candidates.ts';
import { evaluate, type Demands, type Point, type Refusal } from './evaluate.ts';
import type { Space } from './space.ts';

export { candidates, type Candidates } from './candidates.ts';
export { defaultSpace, type Space } from './space.ts';
export { evaluate, type Demands, type Point, type Refusal } from './evaluate.ts';
export { costs, frontOf, qualities, type CostName, type QualityName } from './front.ts';

export interface Exploration {
  readonly points: readonly Point[];
  /** How many plans are refused, by reason. */
  readonly refused: Readonly<Record<Refusal | 'impossible', number>>;
}

/** Every plan of the space. `progress` hears how many are done. */
export function explore(
  space: Space,
  demands: Demands,
  progress: (done: number, total: number) => void = () => undefined,
): Exploration {
  const { specs, impossible } = candidates(space);
  const points: Point[] = [];
  const refused = { impossible, epsilon: 0, memory: 0 };
  specs.forEach((spec, i) => {
    const found = evaluate(spec, demands);
    if (typeof found === 'string') refused[found]++;
    else points.push(found);
    progress(i + 1, specs.length);
  });
  return { points, refused };
}
