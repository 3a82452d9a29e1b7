// The mask: a bit for each weight in scope, in the scope's order, and how it was chosen.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { listBlocks, weightCount, type Scope } from '../model/index.ts';
import type { Json } from './canonical.ts';
import type { Score } from '../score.ts';
import { Fields } from './fields.ts';

export interface Mask {
  /** Digest of the plan. */
  readonly plan: string;
  readonly score: Score;
  /** The fraction of the weights that was asked for. */
  readonly budget: number;
  /** How many bits are set. */
  readonly masked: number;
  /** Weight i of the scope is bit i % 8 of byte i / 8. */
  readonly bits: Uint8Array;
}

export const maskKind = 'apex-mask';

export const maskDocument = ({ plan, score, budget, masked, bits }: Mask): Json => ({
  lethe: maskKind,
  version: 1,
  plan,
  score,
  budget,
  masked,
  bits: Buffer.from(bits).toString('base64'),
});

/** Throws `bad-document`. */
export function parseMask(text: string, file: string): Mask {
  const fields = Fields.parse(text, file, maskKind);
  const mask = readMask(fields);
  fields.end();
  return mask;
}

/** Everything of a mask but its kind and version. */
export function readMask(fields: Fields): Mask {
  const plan = fields.digest('plan');
  const score = fields.text('score', /^(saliency|ratio)$/) as Score;
  const budget = fields.positive('budget');
  const masked = fields.whole('masked', 1);
  const text = fields.text('bits', /^[A-Za-z0-9+/]*={0,2}$/);
  const bits = Uint8Array.from(Buffer.from(text, 'base64'));
  if (Buffer.from(bits).toString('base64') !== text) fields.refuse('bits are not base64');
  if (countBits(bits) !== masked)
    fields.refuse(`bits are ${countBits(bits)}, and masked ${masked}`);
  return { plan, score, budget, masked, bits };
}

function countBits(bits: Uint8Array): number {
  let count = 0;
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) count++;
  return count;
}

export const isMasked = (bits: Uint8Array, weight: number): boolean =>
  ((bits[weight >> 3]! >> (weight & 7)) & 1) === 1;

/** Sets bits out of one mask of bytes for each tensor, in the scope's order. */
export function packMask(scope: Scope, masks: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const bits = new Uint8Array(Math.ceil(weightCount(scope) / 8));
  let weight = 0;
  for (const { name } of scope.tensors)
    for (const bit of masks.get(name)!) {
      if (bit === 1) bits[weight >> 3]! |= 1 << (weight & 7);
      weight++;
    }
  return bits;
}

/** A block that holds a masked weight. */
export interface TouchedBlock {
  /** Its number in the scope. */
  readonly number: number;
  /** A bit for each of its entries; padding has none. */
  readonly mask: Uint8Array;
}

/** In the order of their numbers. Throws `bad-mask` for bits past the last weight, or too few. */
export function touchedBlocks(scope: Scope, bits: Uint8Array): TouchedBlock[] {
  const weights = weightCount(scope);
  const stray = (): boolean => {
    for (let at = weights; at < bits.length * 8; at++) if (isMasked(bits, at)) return true;
    return false;
  };
  if (bits.length !== Math.ceil(weights / 8) || stray())
    fail(
      'bad-mask',
      `the mask has ${bits.length} bytes, or bits past the last of ${weights} weights`,
      'make it again with `lethe apex mask`',
    );
  const touched: TouchedBlock[] = [];
  let [first, tensor] = [0, ''];
  let tensorFirst = 0;
  for (const { number, block } of listBlocks(scope)) {
    if (block.tensor !== tensor) {
      tensorFirst = first;
      tensor = block.tensor;
    }
    const start = tensorFirst + block.start;
    const mask = new Uint8Array(block.size);
    let any = false;
    for (let i = 0; i < block.length; i++)
      if (isMasked(bits, start + i)) {
        mask[i] = 1;
        any = true;
      }
    if (any) touched.push({ number, mask });
    first = start + block.length;
  }
  return touched;
}
