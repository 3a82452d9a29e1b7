// Least squares of relative errors with coefficients that are not negative: no kind of row makes a proof cheaper.
import type { Coefficients, Feature, Features } from '../../../../compiler/prover/cost/features.ts';
import { solveLinear } from '../../../../stdlib/apex/reference/index.ts';

export interface Observation {
  readonly features: Features;
  /** Above 0. */
  readonly value: number;
}

/** Features that would come out negative are left out, the most negative first. Throws where observations are too few. */
export function fitNonNegative(
  features: readonly Feature[],
  observations: readonly Observation[],
): Coefficients {
  const solution = solve(features, observations);
  const least = Math.min(...solution);
  if (least >= 0) return Object.fromEntries(features.map((name, i) => [name, solution[i]!]));
  const worst = features[solution.indexOf(least)];
  return fitNonNegative(
    features.filter((name) => name !== worst),
    observations,
  );
}

/** The normal equations of Σ ((Σ_j c_j f_j − y) / y)². */
function solve(features: readonly Feature[], observations: readonly Observation[]): number[] {
  const scaled = observations.map((each) =>
    features.map((name) => each.features[name] / each.value),
  );
  // Columns of one size keep the equations well conditioned.
  const sizes = features.map((_, i) => Math.max(...scaled.map((row) => row[i]!)) || 1);
  const rows = scaled.map((row) => row.map((value, i) => value / sizes[i]!));
  const size = features.length;
  const entries = Float64Array.from({ length: size * size }, (_, at) =>
    rows.reduce((sum, row) => sum + row[Math.floor(at / size)]! * row[at % size]!, 0),
  );
  const right = features.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));
  const solution = solveLinear({ matrix: { rows: size, columns: size, entries }, right });
  return Array.from(solution, (value, i) => value / sizes[i]!);
}
