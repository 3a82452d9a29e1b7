// What the coefficients were fitted on, as it stands in measurements.json beside them.
import type { RowCounts } from '../../constraints/rows.ts';
import { featuresOf, type Cost, type Features } from './features.ts';

/** Of one circuit: medians of its runs, each in a process of its own. */
export interface CostMeasurement {
  readonly rows: RowCounts;
  /** Seconds of all cores, or bytes, by what they are of; `basis` where it was measured. */
  readonly costs: Readonly<Record<Exclude<Cost, 'basis'>, number>> & { readonly basis?: number };
}

export interface CostMeasurements {
  readonly machine: string;
  readonly runs: number;
  readonly circuits: readonly CostMeasurement[];
}

/** The features and values of one cost. */
export const observationsOf = (
  { circuits }: CostMeasurements,
  cost: Cost,
): { features: Features; value: number }[] =>
  circuits.flatMap(({ rows, costs }) => {
    const value = costs[cost];
    return value === undefined ? [] : [{ features: featuresOf(rows), value }];
  });
