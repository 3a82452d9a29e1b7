// Which ablations belong to which table. Most are of one class of digits, the first table, and of text.
import { randomExamples, type VisionSettings } from '../vision/scenarios.ts';
import type { Settings } from '../settings.ts';
import { fixedSweeps } from './fixed-sweeps.ts';
import { floatSweeps } from './float-sweeps.ts';
import { examplesSweep, sizeSweep } from './forget-sweeps.ts';
import { recoverySweep } from './recovery-sweep.ts';
import type { Scenario } from './scenario.ts';
import type { Sweep } from './sweep.ts';
import type { Table } from './table.ts';

/** Ablations in the scenario of a table, of which there is at least one. */
export interface Ablation {
  readonly table: Table;
  readonly budget: number;
  readonly sweeps: readonly Sweep[];
}

export function ablationsOf(tables: readonly Table[], settings: Settings): Ablation[] {
  const { budgets, longSweeps: long, vision, language } = settings;
  const sweepsOf = (scenario: Scenario, budget: number): readonly Sweep[] => {
    if (scenario.name === 'one-class')
      return [
        ...floatSweeps(scenario, budget, long),
        examplesSweep(scenario, budget, long),
        ...fixedSweeps(scenario, budget, long),
      ];
    if (scenario.language)
      return long
        ? [...floatSweeps(scenario, budget, long), examplesSweep(scenario, budget, long)]
        : floatSweeps(scenario, budget, long).slice(0, 1);
    const recovery = long ? [recoverySweep(scenario, budgets.slice(0, 3))] : [];
    if (scenario.name !== 'random-examples') return recovery;
    return [sizeSweep(sized(scenario, vision), [50, 100, 300, 600], budget), ...recovery];
  };
  return tables
    .map((table) => {
      const budget = (table.scenario.language ? language.budgets : budgets)[0]!;
      return { table, budget, sweeps: sweepsOf(table.scenario, budget) };
    })
    .filter(({ sweeps }) => sweeps.length > 0);
}

/** A random forget set of other sizes; only the table's own has exact models. */
const sized =
  (own: Scenario, settings: VisionSettings) =>
  (examples: number): Scenario =>
    examples === settings.examples
      ? own
      : randomExamples({ ...settings, examples, exactSeeds: [] });
