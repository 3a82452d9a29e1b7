// Accuracies of the models of a scenario, and how far each is from the exact step.
import { evaluate } from '../../unlearn-digits/evaluate.ts';
import { percent } from '../../unlearn-digits/table.ts';
import type { Grid } from '../page/grid.ts';
import { distance, kinds, type Kind, type Newcomers } from './newcomers.ts';
import type { Scenario } from './scenarios.ts';

export async function accuracyGrid(
  names: readonly string[],
  { forgetTest, personalTest }: Omit<Scenario, 'masks'>,
  { weights }: Newcomers,
): Promise<Grid> {
  const rows = [];
  for (const [kind, title] of Object.entries(kinds) as [Kind, string][]) {
    const own = weights[kind];
    rows.push([
      title,
      percent((await evaluate(own, forgetTest)).accuracy),
      percent((await evaluate(own, personalTest)).accuracy),
      distance(names, own, weights.float).norm.toExponential(1),
      distance(names, own, weights.old).largest.toExponential(1),
    ]);
  }
  const head = ['weights', 'forget ↓', 'personal ↑', 'from the exact step, 2-norm'];
  return [[...head, 'from the old client, largest'], ...rows];
}
