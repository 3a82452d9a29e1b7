// The data that the fixed-point results of a step depend on: its size and formats, and what the step makes of some block.
import { createHash } from 'node:crypto';
import {
  registeredBlock,
  solveMultipliers,
  unlearnedBlock,
  type StepSpec,
} from '../../../../stdlib/apex/step/index.ts';
import type { Json } from '../runner/unit.ts';

const known = new Map<string, Json>();

export function stepIdentity(spec: StepSpec): Json {
  const written = JSON.stringify(spec);
  const before = known.get(written);
  if (before) return before;
  const identity = { spec: JSON.parse(written) as Json, step: digest(sample(spec).join()) };
  known.set(written, identity);
  return identity;
}

/** R, ν and θ_u of a block of no particular gradients, its first weight masked. */
function sample(spec: StepSpec): number[] {
  const wave = (phase: number) =>
    Float64Array.from({ length: spec.size }, (_, i) => Math.sin(1 + phase + 3 * i));
  const gradients = [wave(0), wave(1), wave(2)];
  const own = { weights: wave(3), gradients, damping: 1, dead: [] };
  const { root } = registeredBlock(spec, own);
  const block = {
    weights: Int32Array.from({ length: spec.size }, (_, i) => (i % 7) - 3),
    root: Int16Array.from(root, (entry) => Math.round(entry * 2 ** 11)),
  };
  const multipliers = solveMultipliers(spec, block, [0]);
  const after = unlearnedBlock(spec, block, { live: [0], dead: [], multipliers });
  return [...block.root, ...multipliers, ...after];
}

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);
