// What whole models would take, from what was measured on one tile: estimates, and marked as such wherever they are shown.
import type { Keeps } from '../../../stdlib/apex/index.ts';

export interface ModelEstimate {
  readonly model: string;
  /** In scope. */
  readonly weights: number;
  readonly tiles: number;
  readonly proveCoreHours: number;
  readonly verifyCoreMinutes: Readonly<Record<Keeps, number>>;
  readonly bundleMegabytes: Readonly<Record<Keeps, number>>;
}

/** Shapes by their configurations: twelve layers of 768 × 3072; of the ViT fc1 alone, as in the paper, of OPT both. */
const models = [
  { model: 'ViT-B/16, fc1', weights: 12 * 768 * 3072 },
  { model: 'OPT-125M, fc1 and fc2', weights: 24 * 768 * 3072 },
];

export interface CostPerWeight {
  readonly coreMillisecondsPerWeight: number;
  readonly verifyMillisecondsPerWeight: Readonly<Record<Keeps, number>>;
  readonly bytesPerWeight: Readonly<Record<Keeps, number>>;
  readonly tilesPerWeight: number;
}

export const estimatesOf = (cost: CostPerWeight): ModelEstimate[] =>
  models.map(({ model, weights }) => ({
    model,
    weights,
    tiles: Math.ceil(cost.tilesPerWeight * weights),
    proveCoreHours: (cost.coreMillisecondsPerWeight * weights) / 3.6e6,
    verifyCoreMinutes: scaled(cost.verifyMillisecondsPerWeight, weights / 6e4),
    bundleMegabytes: scaled(cost.bytesPerWeight, weights / 1e6),
  }));

const scaled = (
  { root, leaves }: Readonly<Record<Keeps, number>>,
  factor: number,
): Record<Keeps, number> => ({ root: root * factor, leaves: leaves * factor });
