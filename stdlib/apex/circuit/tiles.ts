// How the touched blocks of a model are dealt out to tiles of one circuit, and what each tile says in public. The last tile is
// filled up with neutral blocks: no mask bit, weights 0, salts 0, so that everybody can compute their commitments.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { Statement } from '../../../compiler/prover/statement.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import { leafOf } from '../commitments/leaf.ts';
import { digestField, digestOf } from '../documents/canonical.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import { forms } from '../forms/index.ts';
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

/** Positions of the touched blocks of a tile among all touched ones. */
export function tileRange(
  tile: number,
  blocks: number,
  touched: number,
): { start: number; end: number } {
  return { start: tile * blocks, end: Math.min((tile + 1) * blocks, touched) };
}

export const tileCount = (blocks: number, touched: number): number => Math.ceil(touched / blocks);

/** The three commitments of a block. */
export interface BlockLeaves {
  readonly before: bigint;
  readonly curvature: bigint;
  readonly after: bigint;
}

/** The integers of a neutral block's curvature. */
export function neutralCurvature(spec: StepSpec): number[] {
  const fraction = fractionOf(spec.formats.curvature);
  return [...forms[spec.form].neutral(spec)].map((value) => Number(toInteger(value, fraction)));
}

export function neutralLeaves(spec: StepSpec): BlockLeaves {
  const weights = leafOf(new Array<number>(spec.size).fill(0), spec.formats.weights, 0n);
  const curvature = leafOf(neutralCurvature(spec), spec.formats.curvature, 0n);
  return { before: weights, curvature, after: weights };
}

/** What the proof of a tile must say. `touched` and `leaves` are those of the tile, without its filling. */
export function tileStatement(
  spec: StepSpec,
  blocks: number,
  context: bigint,
  touched: readonly TouchedBlock[],
  leaves: readonly BlockLeaves[],
): Statement {
  const neutral = neutralLeaves(spec);
  const all = Array.from({ length: blocks }, (_, i) => leaves[i] ?? neutral);
  const none = new Uint8Array(spec.size);
  const mask = Array.from({ length: blocks }, (_, i) => [...(touched[i]?.mask ?? none)]).flat();
  return new Map([
    [ports.context, [context]],
    [ports.mask, mask.map(BigInt)],
    [ports.bound, [context]],
    [ports.before, all.map(({ before }) => before)],
    [ports.registered, all.map(({ curvature }) => curvature)],
    [ports.after, all.map(({ after }) => after)],
  ]);
}

/** What a client knows of a touched block. */
export interface SecretBlock {
  /** Integers, [size]. */
  readonly weights: ArrayLike<number>;
  /** Integers, [curvatureLength]. */
  readonly curvature: ArrayLike<number>;
  /** Of the weights before, the curvature, the weights after. */
  readonly salts: readonly [bigint, bigint, bigint];
}

/** The inputs of a tile's circuit; those of the step's circuit are among them. */
export function tileInputs(
  spec: StepSpec,
  blocks: number,
  context: bigint,
  touched: readonly TouchedBlock[],
  secrets: readonly SecretBlock[],
): InputValues {
  const form = forms[spec.form];
  const filling: SecretBlock = {
    weights: new Int32Array(spec.size),
    curvature: neutralCurvature(spec),
    salts: [0n, 0n, 0n],
  };
  const all = Array.from({ length: blocks }, (_, i) => secrets[i] ?? filling);
  const none = new Uint8Array(spec.size);
  const masks = Array.from({ length: blocks }, (_, i) => touched[i]?.mask ?? none);
  const integers = (of: (block: SecretBlock) => ArrayLike<number>): bigint[] =>
    all.flatMap((block) => Array.from(of(block), BigInt));
  const { certificate } = form;
  return new Map<string, readonly bigint[]>([
    [ports.context, [context]],
    [ports.mask, masks.flatMap((mask) => Array.from(mask, BigInt))],
    [ports.weights, integers(({ weights }) => weights)],
    [ports.curvature, integers(({ curvature }) => curvature)],
    [ports.salts, all.flatMap(({ salts }) => salts)],
    ...(certificate
      ? [[ports.certificate, all.flatMap((block) => certificateOf(spec, block))] as const]
      : []),
  ]);
}

/** The integers of a block's certificate, from its curvature as it was committed to. */
function certificateOf(spec: StepSpec, { curvature }: SecretBlock): bigint[] {
  const { certificate } = forms[spec.form];
  const unit = 2 ** -fractionOf(spec.formats.curvature);
  const reals = Float64Array.from(curvature, (integer) => integer * unit);
  const fraction = fractionOf(certificate!.format(spec.formats));
  return [...certificate!.prove(reals, spec)].map((value) => toInteger(value, fraction));
}
