// The whole of the experiments: a table for each scenario, and the ablations.
import { languageScenario } from '../language/scenario.ts';
import type { Settings } from '../settings.ts';
import type { Unit } from '../runner/unit.ts';
import { visionScenarios } from '../vision/scenarios.ts';
import type { Scenario } from './scenario.ts';
import { fixedSweeps, floatSweeps, type Sweep } from './sweeps.ts';
import { rowsOf, type Row } from './table.ts';

export interface Table {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

/** Ablations in the scenario of a table. */
export interface Ablation {
  readonly table: Table;
  readonly budget: number;
  readonly sweeps: readonly Sweep[];
}

export interface Study {
  readonly settings: Settings;
  readonly tables: readonly Table[];
  readonly ablations: readonly Ablation[];
}

/** Of the scenarios that are named. Throws a RangeError for a name that there is not. */
export function studyOf(settings: Settings): Study {
  const { budgets, longSweeps: long, language } = settings;
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
  const digits = vision[0]!;
  const [budget, textBudget] = [budgets[0]!, language.budgets[0]!];
  const ablations: Ablation[] = [
    {
      table: digits,
      budget,
      sweeps: [
        ...floatSweeps(digits.scenario, budget, long),
        ...fixedSweeps(digits.scenario, budget, long),
      ],
    },
    { table: text, budget: textBudget, sweeps: floatSweeps(spoken, textBudget, long) },
  ];
  return { settings, tables, ablations: ablations.filter(({ table }) => tables.includes(table)) };
}

/** Every result that the report reads: the tables first. */
export function goalsOf({ tables, ablations }: Study): Unit<unknown>[] {
  const rows = tables.flatMap((table) => table.rows);
  const points = ablations.flatMap(({ sweeps }) => sweeps.flatMap((sweep) => sweep.points));
  return [
    ...rows.flatMap(({ candidates }) => candidates.map(({ score }) => score)),
    ...points.flatMap(({ score, masked, cost }) => [
      score,
      ...(masked ? [masked] : []),
      ...(cost ? [cost] : []),
    ]),
  ];
}
