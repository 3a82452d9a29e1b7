// What a method is to the study: a way from θ_p to other weights, with the units that it reads.
import type { Weights } from '../../../unlearn-digits/weights.ts';
import type { Json, Results, Unit } from '../runner/unit.ts';
import type { Scenario } from './scenario.ts';

/** Numbers that a method says of itself. */
export type Details = Readonly<Record<string, number>>;

export interface Outcome {
  readonly weights: Weights;
  readonly details?: Details;
}

export interface Method {
  /** In tables. */
  readonly title: string;
  /** All that the weights depend on, besides what is needed. */
  readonly settings: Json;
  needs(scenario: Scenario): readonly Unit<unknown>[];
  run(scenario: Scenario, results: Results): Promise<Outcome>;
}
