// An ablation: one thing is changed at a time, in one scenario and at one budget.
import type { Unit } from '../runner/unit.ts';
import type { Cost } from './cost.ts';
import type { Score } from './score.ts';

export interface Point {
  readonly label: string;
  /** Where it stands on the horizontal axis, by its logarithm; absent for names. */
  readonly x?: number;
  readonly score: Unit<Score>;
  /** Of θ_p, where what is to be forgotten is not the same for all points. */
  readonly before?: Unit<Score>;
  /** Of what masking alone leaves, where that is not the same for all points. */
  readonly masked?: Unit<Score>;
  readonly cost?: Unit<Cost>;
}

export interface Sweep {
  readonly name: string;
  readonly title: string;
  readonly axis: string;
  readonly points: readonly Point[];
}
