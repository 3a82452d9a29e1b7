// The two sizes of the experiments. Full takes less than two hours on two cores, quick less than five minutes.
import type { LanguageSettings } from './language/scenario.ts';
import type { VisionSettings } from './vision/scenarios.ts';

export interface Settings {
  readonly name: 'quick' | 'full';
  readonly vision: VisionSettings;
  readonly language: LanguageSettings;
  /** Names of the scenarios, in the order of the report. */
  readonly scenarios: readonly string[];
  /** Whether the ablations have all their points. */
  readonly longSweeps: boolean;
  /** Parts of the weights in scope; the first is the one of the tables. */
  readonly budgets: readonly number[];
}

export const full: Settings = {
  name: 'full',
  vision: {
    architecture: { width: 32, heads: 2, layers: 4, expansion: 4, patchSide: 8 },
    split: { globalTest: 2000, personalTraining: 600, personalTest: 1000 },
    seed: 2,
    rates: { global: 4e-3, personal: 1e-3 },
    epochs: { global: 12, memorising: 20, personal: 10 },
    exactSeeds: [11, 12, 13],
    examples: 300,
  },
  language: {
    sizes: { width: 48, heads: 4, layers: 3, context: 48 },
    seed: 2,
    exactSeeds: [11, 12, 13],
    windows: { dialect: 1500, forget: 800, personal: 600, test: 300 },
    epochs: { global: 8, personal: 10 },
    rates: { global: 6e-3, personal: 4e-3 },
    rank: 8,
    budgets: [0.02, 0.01, 0.04, 0.08],
  },
  scenarios: ['one-class', 'three-classes', 'wrong-labels', 'random-examples', 'text'],
  longSweeps: true,
  budgets: [0.04, 0.01, 0.02, 0.08],
};

export const quick: Settings = {
  name: 'quick',
  vision: {
    ...full.vision,
    architecture: { width: 32, heads: 2, layers: 2, expansion: 4, patchSide: 8 },
    rates: { global: 8e-3, personal: 1e-3 },
    epochs: { global: 8, memorising: 14, personal: 10 },
    exactSeeds: [11],
    examples: 200,
  },
  language: {
    ...full.language,
    sizes: { width: 32, heads: 2, layers: 2, context: 32 },
    exactSeeds: [11],
    windows: { dialect: 600, forget: 300, personal: 400, test: 200 },
    epochs: { global: 8, personal: 10 },
    rates: { global: 1e-2, personal: 4e-3 },
    budgets: [0.02],
  },
  scenarios: ['one-class', 'text'],
  longSweeps: false,
  budgets: [0.04],
};
