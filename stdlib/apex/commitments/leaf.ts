// The leaf of a block in a client's tree, as the tile's circuit makes it: a digest of the weights' words and of the
// curvature's digest. The curvature's digest is kept secret: with the random bits of its words it hides the leaf.
import { randomFillSync } from 'node:crypto';
import { compress } from '../../../compiler/numbers/poseidon-fast.ts';
import type { StepSpec } from '../forms/index.ts';
import { curvatureWords, packWords, weightWords, wordsOf } from './words.ts';

/** Of the integers of a block's curvature, [curvatureLength]. */
export const curvatureDigest = (
  spec: StepSpec,
  curvature: ArrayLike<number>,
  salts: ArrayLike<number>,
): bigint => compress(packWords(wordsOf(curvature, spec.formats.curvature, salts)));

/** Of the integers of a block's weights, [size], beside its curvature. */
export const blockLeaf = (
  spec: StepSpec,
  weights: ArrayLike<number>,
  salts: ArrayLike<number>,
  curvature: bigint,
): bigint => compress([...packWords(wordsOf(weights, spec.formats.weights, salts)), curvature]);

/** Random bits for the words of so many blocks, 16 for each word. */
export const randomWeightSalts = (spec: StepSpec, blocks: number): Uint16Array =>
  randomSalts(blocks * weightWords(spec));

export const randomCurvatureSalts = (spec: StepSpec, blocks: number): Uint16Array =>
  randomSalts(blocks * curvatureWords(spec));

function randomSalts(words: number): Uint16Array {
  const salts = new Uint16Array(words);
  // As much as one call may fill.
  const step = 2 ** 29;
  for (let at = 0; at < words; at += step) randomFillSync(salts.subarray(at, at + step));
  return salts;
}
