// What the tiles of one unlearning say in public, and what their prover knows. Places that stay empty are filled with neutral
// blocks: no mask bit, weights 0, salts 0, so that everybody can compute their commitments.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { Statement } from '../../../compiler/prover/statement.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import { blockLeaf, curvatureDigest } from '../commitments/leaf.ts';
import { curvatureWords, weightWords, wordsOf } from '../commitments/words.ts';
import { digestField, digestOf } from '../documents/canonical.ts';
import { forms } from '../forms/index.ts';
import { blocksOf, type Layout } from './layout.ts';
import { ports, type StepSpec } from './tile.ts';

/** What all proofs of one unlearning are about. */
export interface Subject {
  /** Digests of the documents. */
  readonly plan: string;
  readonly registration: string;
  readonly window: string;
  /** The commitment to the weights before. */
  readonly root: bigint;
}

/** The public context of a tile. */
export const contextOf = ({ plan, registration, window, root }: Subject, tile: number): bigint =>
  digestField(
    digestOf({ lethe: 'apex-context', plan, registration, window, root: `${root}`, tile }),
  );

/** The leaves of a block. */
export interface BlockLeaves {
  readonly before: bigint;
  readonly after: bigint;
}

/** What everybody knows of a block in a tile. */
export interface PublicBlock extends BlockLeaves {
  readonly mask: Uint8Array;
}

/** The integers of a neutral block's curvature. */
export function neutralCurvature(spec: StepSpec): number[] {
  const fraction = fractionOf(spec.formats.curvature);
  return [...forms[spec.form].neutral(spec)].map((value) => Number(toInteger(value, fraction)));
}

export function neutralLeaf(spec: StepSpec): bigint {
  const { weights, curvature, salts } = neutralBlock(spec);
  return blockLeaf(spec, weights, salts.weights, curvatureDigest(spec, curvature, salts.curvature));
}

/** What the proof of a tile must say. `places` are the blocks in its places. */
export function tileStatement(
  spec: StepSpec,
  layout: Layout,
  context: bigint,
  places: readonly (PublicBlock | undefined)[],
): Statement {
  const neutral = neutralLeaf(spec);
  const all = Array.from({ length: blocksOf(layout) }, (_, i) => places[i]);
  return new Map([
    [ports.context, [context]],
    [ports.bound, [context]],
    ...maskOf(spec, layout, all),
    [ports.before, all.map((block) => block?.before ?? neutral)],
    [ports.after, all.map((block) => block?.after ?? neutral)],
  ]);
}

/** The masks of the last places, where they are public inputs. */
function maskOf(
  { size }: StepSpec,
  { open }: Layout,
  places: readonly ({ readonly mask: Uint8Array } | undefined)[],
): [string, bigint[]][] {
  if (open === 0) return [];
  const none = new Uint8Array(size);
  const own = places.slice(places.length - open);
  return [[ports.mask, own.flatMap((block) => Array.from(block?.mask ?? none, BigInt))]];
}

/** Random bits of the words of a block, 16 for each word. */
export interface BlockSalts {
  readonly weights: ArrayLike<number>;
  readonly curvature: ArrayLike<number>;
  readonly unlearned: ArrayLike<number>;
}

/** What a client knows of a block before it is unlearned. Integers. */
export interface StepBlock {
  readonly mask: Uint8Array;
  /** [size]. */
  readonly weights: ArrayLike<number>;
  /** [curvatureLength]. */
  readonly curvature: ArrayLike<number>;
}

/** What a client knows of a touched block. */
export interface SecretBlock extends StepBlock {
  /** θ_u, [size]. */
  readonly unlearned: ArrayLike<number>;
  /** ν, [size], where the form has them. */
  readonly multipliers?: ArrayLike<number>;
  readonly salts: BlockSalts;
}

function neutralBlock(spec: StepSpec): SecretBlock {
  const none = new Uint8Array(spec.size);
  const weights = new Uint8Array(weightWords(spec));
  return {
    mask: none,
    weights: none,
    curvature: neutralCurvature(spec),
    unlearned: none,
    multipliers: none,
    salts: { weights, curvature: new Uint8Array(curvatureWords(spec)), unlearned: weights },
  };
}

/** The inputs of the step's circuit. */
export const stepInputs = (blocks: readonly StepBlock[]): InputValues =>
  new Map([
    [ports.mask, blocks.flatMap(({ mask }) => Array.from(mask, BigInt))],
    [ports.weights, blocks.flatMap(({ weights }) => Array.from(weights, BigInt))],
    [ports.curvature, blocks.flatMap(({ curvature }) => Array.from(curvature, BigInt))],
  ]);

/** The inputs of a tile's circuit. `places` are the blocks in its places; those of a group have its mask. */
export function tileInputs(
  spec: StepSpec,
  layout: Layout,
  context: bigint,
  places: readonly (SecretBlock | undefined)[],
): InputValues {
  const { certificate, multipliers } = forms[spec.form];
  const { weights, curvature } = spec.formats;
  const neutral = neutralBlock(spec);
  const all = Array.from({ length: blocksOf(layout) }, (_, i) => places[i] ?? neutral);
  const of = (own: (block: SecretBlock) => readonly bigint[]): bigint[] => all.flatMap(own);
  return new Map<string, readonly bigint[]>([
    [ports.context, [context]],
    ...maskOf(spec, layout, all),
    [ports.weights, of((block) => wordsOf(block.weights, weights, block.salts.weights))],
    [ports.curvature, of((block) => wordsOf(block.curvature, curvature, block.salts.curvature))],
    [ports.unlearned, of((block) => wordsOf(block.unlearned, weights, block.salts.unlearned))],
    ...(certificate
      ? [[ports.certificate, of((block) => certificateOf(spec, block))] as const]
      : []),
    ...(multipliers ? [[ports.multipliers, multipliersOf(layout, all)] as const] : []),
  ]);
}

/** Of the masked entries in groups, of all entries in the last places. */
function multipliersOf({ open }: Layout, all: readonly SecretBlock[]): bigint[] {
  return all.flatMap(({ mask, multipliers }, place) => {
    const own = Array.from(multipliers!, BigInt);
    return place < all.length - open ? own.filter((_, i) => mask[i] === 1) : own;
  });
}

/** The integers of a block's certificate, from its curvature as it was committed to. */
function certificateOf(spec: StepSpec, { curvature }: StepBlock): bigint[] {
  const { certificate } = forms[spec.form];
  const unit = 2 ** -fractionOf(spec.formats.curvature);
  const reals = Float64Array.from(curvature, (integer) => integer * unit);
  const fraction = fractionOf(certificate!.format(spec.formats));
  return [...certificate!.prove(reals, spec)].map((value) => toInteger(value, fraction));
}
