// The whole of the experiments: a table for each scenario, and the ablations.
import { languageScenario } from '../language/scenario.ts';
import type { Settings } from '../settings.ts';
import type { Unit } from '../runner/unit.ts';
import { visionScenarios } from '../vision/scenarios.ts';
import { ablationsOf, type Ablation } from './ablations.ts';
import { rowsOf, type Table } from './table.ts';

export interface Study {
  readonly settings: Settings;
  readonly tables: readonly Table[];
  readonly ablations: readonly Ablation[];
}

/** Of the scenarios that are named. Throws a RangeError for a name that there is not. */
export function studyOf(settings: Settings): Study {
  const { budgets, language } = settings;
  const vision = visionScenarios(settings.vision).map((scenario) => ({
    scenario,
    rows: rowsOf(scenario, budgets),
  }));
  const spoken = languageScenario(language);
  const text = { scenario: spoken, rows: rowsOf(spoken, language.budgets) };
  const all: Table[] = [...vision, text];
  const tables = settings.scenarios.map((name) => {
    const found = all.find(({ scenario }) => scenario.name === name);
    if (found) return found;
    const names = all.map(({ scenario }) => scenario.name).join(', ');
    throw new RangeError(`there is no scenario "${name}"; there are ${names}`);
  });
  return { settings, tables, ablations: ablationsOf(tables, settings) };
}

/** Every result that the report reads: the tables first. */
export function goalsOf({ tables, ablations }: Study): Unit<unknown>[] {
  const rows = tables.flatMap((table) => table.rows);
  const points = ablations.flatMap(({ sweeps }) => sweeps.flatMap((sweep) => sweep.points));
  return [
    ...rows.flatMap(({ candidates }) => candidates.map(({ score }) => score)),
    ...points.flatMap(({ score, before, masked, cost }) => [
      score,
      ...(before ? [before] : []),
      ...(masked ? [masked] : []),
      ...(cost ? [cost] : []),
    ]),
  ];
}
