// Masks over a scope, and which Fisher blocks of a size they touch.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { shapeOf, type Shape } from '../../../stdlib/apex/circuit/layout.ts';
import { positionsOf } from '../../../stdlib/apex/documents/bits.ts';
import type { LiveBlock } from '../../../stdlib/apex/documents/history.ts';
import { parseMask } from '../../../stdlib/apex/documents/mask.ts';
import { checkPlan, parsePlan } from '../../../stdlib/apex/documents/plan.ts';
import {
  blockCount,
  blockNumbering,
  weightCount,
  type Scope,
} from '../../../stdlib/apex/model/index.ts';
import { seededRandom } from '../../unlearn-digits/random.ts';

export interface MaskCase {
  readonly name: string;
  /** Without blocks. */
  readonly tensors: Scope['tensors'];
  readonly bits: Uint8Array;
}

/** One fc1 of ViT-B/16, of which it has twelve: 2,359,296 weights. */
export const vitLayer: Scope['tensors'] = [
  { name: 'fc1', shape: [3072, 768], orientation: 'out-in' },
];

/** SHA-256 of what it masks. */
export const maskDigest = ({ tensors, bits }: MaskCase): string =>
  createHash('sha256').update(JSON.stringify(tensors)).update(bits).digest('hex');

/** Each weight by itself with that probability. */
export function randomMask(
  fraction: number,
  tensors: Scope['tensors'] = vitLayer,
  seed = 8,
): MaskCase {
  const random = seededRandom(seed);
  const weights = weightCount({ tensors, blockSize: 1 });
  const bits = new Uint8Array(Math.ceil(weights / 8));
  for (let weight = 0; weight < weights; weight++)
    if (random.uniform() < fraction) bits[weight >> 3]! |= 1 << (weight & 7);
  return { name: `random ${100 * fraction} %`, tensors, bits };
}

/** A mask file with the plan that it was made for. Throws `bad-document` or `other-plan`. */
export async function maskFromFiles(
  name: string,
  planFile: string,
  maskFile: string,
): Promise<MaskCase> {
  const plan = parsePlan(await readFile(planFile, 'utf8'), planFile);
  const mask = parseMask(await readFile(maskFile, 'utf8'), maskFile);
  checkPlan(plan, mask.plan, maskFile);
  return { name, tensors: plan.scope.tensors, bits: mask.bits };
}

/** The mask that `npm run demo` chooses: 4 % of the weights whose deletion costs one digit most. */
export const digitsMask = (): Promise<MaskCase> => {
  const file = (name: string): string => new URL(`./digits/${name}.json`, import.meta.url).pathname;
  return maskFromFiles('digits 4 %', file('plan'), file('mask'));
};

export interface Coverage {
  readonly weights: number;
  readonly blocks: number;
  /** Masked, ascending. */
  readonly positions: Uint32Array;
  readonly touched: readonly LiveBlock[];
  /** For the touched blocks. */
  readonly shapes: readonly Shape[];
}

/** With blocks of that size, for a client of the first epoch. */
export function coverage({ tensors, bits }: MaskCase, blockSize: number): Coverage {
  const scope = { tensors, blockSize };
  const numbering = blockNumbering(scope);
  const positions = positionsOf(bits);
  const byBlock = new Map<number, number[]>();
  for (const position of positions) {
    const { number, entry } = numbering.of(position);
    const own = byBlock.get(number);
    if (own) own.push(entry);
    else byBlock.set(number, [entry]);
  }
  const touched = [...byBlock].map(([number, live]) => ({ number, live }));
  return {
    weights: weightCount(scope),
    blocks: blockCount(scope),
    positions,
    touched,
    shapes: touched.map(({ live }) => shapeOf(blockSize, live)),
  };
}
