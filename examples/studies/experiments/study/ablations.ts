// Which ablations belong to which table: all of them to one class of digits, and to every other what brings more back.
import { randomExamples, type VisionSettings } from '../vision/scenarios.ts';
import type { Settings } from '../settings.ts';
import { fixedSweeps } from './fixed-sweeps.ts';
import { floatSweeps } from './float-sweeps.ts';
import { examplesSweep, sizeSweep } from './forget-sweeps.ts';
import { recoverySweep } from './recovery-sweep.ts';
import type { Scenario } from './scenario.ts';
import type { Sweep } from './sweep.ts';
import type { Table } from './table.ts';

/** Ablations in the scenario of a table. */
export interface Ablation {
  readonly table: Table;
  readonly budget: number;
  readonly sweeps: readonly Sweep[];
}

export function ablationsOf(tables: readonly Table[], settings: Settings): Ablation[] {
  const { longSweeps: long, vision, language } = settings;
  return tables.map((table) => {
    const { scenario } = table;
    const budgets = scenario.language ? language.budgets : settings.budgets;
    const budget = budgets[0]!;
    const sweeps = (): Sweep[] => {
      if (scenario.name === 'one-class')
        return [
          ...floatSweeps(scenario, budget, long),
          examplesSweep(scenario, budget, long),
          ...fixedSweeps(scenario, budget, long),
        ];
      const recovery = recoverySweep(scenario, budgets.slice(0, 3));
      if (scenario.name !== 'random-examples') return [recovery];
      return [sizeSweep(sized(scenario, vision), [50, 100, 300, 600], budget), recovery];
    };
    return { table, budget, sweeps: sweeps() };
  });
}

/** A random forget set of other sizes; only the table's own has exact models. */
const sized =
  (own: Scenario, settings: VisionSettings) =>
  (examples: number): Scenario =>
    examples === settings.examples
      ? own
      : randomExamples({ ...settings, examples, exactSeeds: [] });
