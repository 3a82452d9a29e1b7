// The whole of the experiments: a table for each scenario, and the ablations.
import type { Settings } from '../settings.ts';
import type { Unit } from '../runner/unit.ts';
import { visionScenarios } from '../vision/scenarios.ts';
import type { Scenario } from './scenario.ts';
import { sweepsOf, type Sweep } from './sweeps.ts';
import { rowsOf, type Row } from './table.ts';

export interface Table {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

export interface Study {
  readonly settings: Settings;
  readonly tables: readonly Table[];
  /** Of the first table's scenario, at the first budget. */
  readonly sweeps: readonly Sweep[];
}

export function studyOf(settings: Settings): Study {
  const scenarios = visionScenarios(settings.vision).filter(({ name }) =>
    settings.scenarios.includes(name),
  );
  const tables = scenarios.map((scenario) => ({
    scenario,
    rows: rowsOf(scenario, settings.budgets),
  }));
  const sweeps = sweepsOf(scenarios[0]!, settings.budgets[0]!, settings.longSweeps);
  return { settings, tables, sweeps };
}

/** Every result that the report reads. */
export function goalsOf({ tables, sweeps }: Study): Unit<unknown>[] {
  const rows = tables.flatMap((table) => table.rows);
  const points = sweeps.flatMap((sweep) => sweep.points);
  return [
    ...rows.flatMap(({ candidates }) => candidates.map(({ score }) => score)),
    ...points.flatMap(({ score, masked, cost }) => [
      score,
      ...(masked ? [masked] : []),
      ...(cost ? [cost] : []),
    ]),
  ];
}
