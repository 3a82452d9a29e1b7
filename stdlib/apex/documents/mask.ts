// The mask: a bit for each weight in scope, in the scope's order, and how it was chosen.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { weightCount, type Scope } from '../model/index.ts';
import type { Json } from './canonical.ts';
import type { Score } from '../score.ts';
import { areBitsOf, bytesFor, countBits, positionsOf, setBit } from './bits.ts';
import { documentVersion, Fields } from './fields.ts';
import { maskLimits } from './limits.ts';

/** How a mask was chosen; a window repeats it. */
export interface MaskChoice {
  readonly score: Score;
  /** The fraction of the weights that was asked for. */
  readonly budget: number;
  /** How many positions the mask names. */
  readonly masked: number;
}

export interface Mask extends MaskChoice {
  /** Digest of the plan. */
  readonly plan: string;
  /** Bit i stands for position i. */
  readonly bits: Uint8Array;
}

const kind = 'apex-mask';

export const maskDocument = ({ plan, score, budget, masked, bits }: Mask): Json => ({
  lethe: kind,
  version: documentVersion,
  plan,
  score,
  budget,
  masked,
  bits: Buffer.from(bits).toString('base64'),
});

/** Throws `bad-document`. */
export function parseMask(text: string, file: string): Mask {
  const fields = Fields.parse(text, file, kind, maskLimits());
  const plan = fields.digest('plan');
  const choice = readChoice(fields);
  const bits = fields.bytes('bits');
  if (countBits(bits) !== choice.masked)
    fields.refuse(`bits are ${countBits(bits)}, and masked ${choice.masked}`);
  fields.end();
  return { plan, ...choice, bits };
}

export const readChoice = (fields: Fields): MaskChoice => ({
  score: fields.text('score', /^(saliency|ratio)$/) as Score,
  budget: fields.positive('budget'),
  masked: fields.whole('masked', 1),
});

/** Sets bits out of one mask of bytes for each tensor, in the scope's order. */
export function packMask(scope: Scope, masks: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const bits = new Uint8Array(bytesFor(weightCount(scope)));
  let position = 0;
  for (const { name } of scope.tensors)
    for (const bit of masks.get(name)!) {
      if (bit === 1) setBit(bits, position);
      position++;
    }
  return bits;
}

/** Ascending. Throws `bad-mask` for bits past the last weight, or too few. */
export function maskPositions(scope: Scope, { bits }: Mask): Uint32Array {
  const weights = weightCount(scope);
  if (!areBitsOf(bits, weights))
    fail(
      'bad-mask',
      `the mask has ${bits.length} bytes, or bits past the last of ${weights} weights`,
      'make it again with `lethe apex mask`',
    );
  return positionsOf(bits);
}
