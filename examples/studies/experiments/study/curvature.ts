// The gradients and λ that a client's curvature is made of.
import type { ExampleGradients } from '../../../../stdlib/apex/reference/index.ts';
import type { Results } from '../runner/unit.ts';
import type { Scenario } from './scenario.ts';
import { clientGradients } from './statistics.ts';

/** How the client makes its curvature. */
export interface CurvatureOptions {
  /** λ in multiples of the mean squared gradient. */
  readonly damping: number;
  readonly gradients: number;
}

export async function curvatureOf(
  scenario: Scenario,
  options: CurvatureOptions,
  results: Results,
): Promise<{ gradients: ExampleGradients; damping: number }> {
  const all = await results(clientGradients(scenario));
  const gradients = new Map(
    [...all].map(([name, rows]) => [name, rows.slice(0, options.gradients)]),
  );
  return { gradients, damping: options.damping * meanSquare(gradients) };
}

function meanSquare(gradients: ExampleGradients): number {
  let [sum, count] = [0, 0];
  for (const rows of gradients.values())
    for (const row of rows) {
      for (const value of row) sum += value * value;
      count += row.length;
    }
  return sum / count;
}
