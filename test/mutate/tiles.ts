// Tiles of the protocol to be mutated: residuals at the ends of what is accepted, between, just outside, and where a word of 64 bits
// overflows.
import fc from 'fast-check';
import { exactInputs, withIntegers } from '../../compiler/testing/exact-inputs.ts';
import { placesOf, type Layout } from '../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../stdlib/apex/circuit/tile.ts';
import type { StepSpec } from '../../stdlib/apex/step/index.ts';
import { exactBlock, toleranceOf } from '../stdlib/apex/circuit/exact.ts';
import { committed, inputsOf, specOf } from '../stdlib/apex/circuit/tiles.ts';
import { columnInputs } from '../examples/column-inputs.ts';
import { columnImages, limit as exampleLimit } from '../examples/specifications/columns.ts';
import type { Entry } from './cases.ts';

/** Where limbs of a word begin. */
const limbs = [28n, 40n, 52n];

/** Beyond the two ends, and where the next limb of the word that checks a residual is not 0, or the word is full. */
const outside = (limit: bigint): bigint[] => [
  -limit - 1n,
  limit,
  ...[...limbs, 64n].map((bit) => (1n << bit) - limit),
];

const tileCase = (name: string, spec: StepSpec, layout: Layout): Entry => {
  const limit = toleranceOf(spec);
  const inside = fc.oneof(fc.bigInt(-limit, limit - 1n), fc.constantFrom(-limit, limit - 1n));
  const residuals = (length: number): fc.Arbitrary<bigint[]> => {
    const all = fc.array(inside, { minLength: length, maxLength: length });
    const one = fc
      .tuple(all, fc.nat(length - 1), fc.constantFrom(...outside(limit)))
      .map(([own, at, residual]) => own.with(at, residual));
    return fc.oneof(all, one);
  };
  const places = fc.tuple(
    ...placesOf(layout).map((shape) =>
      fc
        .tuple(residuals(shape.length), fc.nat(2 ** 20))
        .map(([own, seed]) => committed(exactBlock(spec, shape, own, seed), seed)),
    ),
  );
  return [
    name,
    tileCircuit(spec, layout).build(),
    (program) => places.map((own) => exactInputs(program, inputsOf(spec, own))),
  ];
};

export const tileCases: readonly Entry[] = [
  tileCase('tile of one column', specOf(4), [{ shape: [4], blocks: 1 }]),
  tileCase('tile of two columns', specOf(5), [{ shape: [4, 8], blocks: 1 }]),
];

/** The same for one column of the example: ν is so large that θ = 0 leaves such a residual. */
export const claimInputs: Entry[2] = (program) =>
  fc
    .tuple(columnInputs(program), fc.constantFrom(undefined, undefined, ...limbs))
    .map(([bound, bit]) => {
      const root = bound.fixed.get('root')!;
      if (bit === undefined || bound.fixed.get('weights')!.length > 1) return bound;
      const [image] = columnImages({ root, multipliers: [1n] }, { masked: 1, size: root.length });
      const least = (1n << bit) - exampleLimit;
      return withIntegers(program, bound, {
        weights: [0n],
        multipliers: [(least + image! - 1n) / image!],
      });
    });
