// The scores of one table: every method in one scenario.
import type { Unit } from '../runner/unit.ts';
import { curvature, maskFor, spec } from './defaults.ts';
import type { Method } from './method.ts';
import {
  apex,
  apexFixed,
  ascent,
  before,
  dampening,
  exact,
  maskOnly,
  scrubbing,
} from './methods.ts';
import type { Scenario } from './scenario.ts';
import { score, type Score } from './score.ts';

/** Methods whose strength is chosen in their favour try these: see `bestOf`. */
const rates = [3e-5, 1e-4, 3e-4, 1e-3];
const selections = [1, 3, 10, 30];

/** A row of the table: one score, several (of several seeds), or the best of several. */
export interface Row {
  readonly title: string;
  /** Part of the weights that is masked, for methods with a mask. */
  readonly budget?: number;
  readonly candidates: readonly { readonly name: string; readonly score: Unit<Score> }[];
  /** How one score comes from the candidates'. */
  readonly takes: 'only' | 'mean' | 'best';
}

export interface Table {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

/** The rows of a scenario, in the order of the paper's table. */
export function rowsOf(scenario: Scenario, budgets: readonly number[]): Row[] {
  const only = (method: Method, budget?: number): Row => ({
    title: method.title,
    ...(budget === undefined ? {} : { budget }),
    candidates: [{ name: '', score: score(scenario, method) }],
    takes: 'only',
  });
  const best = (method: (strength: number) => Method, strengths: readonly number[]): Row => ({
    title: method(strengths[0]!).title,
    candidates: strengths.map((strength) => ({
      name: `${strength}`,
      score: score(scenario, method(strength)),
    })),
    takes: 'best',
  });
  const masked = budgets.flatMap((budget) => {
    const mask = maskFor(budget);
    return [
      only(maskOnly(mask), budget),
      only(apex(mask, { ...curvature, blockSize: spec.size }), budget),
      only(apexFixed(mask, curvature, spec), budget),
    ];
  });
  return [
    only(before),
    best(ascent, rates),
    best(scrubbing, rates),
    best(dampening, selections),
    ...masked,
    {
      title: 'exact',
      candidates: scenario.exact.map((_, i) => ({
        name: `seed ${i + 1}`,
        score: score(scenario, exact(i)),
      })),
      takes: 'mean',
    },
  ];
}
