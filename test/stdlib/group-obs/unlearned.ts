// Weights after Group OBS by columns as circuits of their own. θ_u is public: the circuit says what it is.
import fc from 'fast-check';
import type { Program } from '../../../compiler/ir/program.ts';
import {
  arbitraryInputs,
  withIntegers,
  type BoundInputs,
  type Specification,
} from '../../../compiler/testing/index.ts';
import { circuit, q, type Circuit } from '../../../dsl/index.ts';
import { unlearnedByColumns } from '../../../stdlib/index.ts';

/** Lengths of the columns in S, and of those of the weights that are asked for. */
export interface Lengths {
  readonly masked: readonly number[];
  readonly others: readonly number[];
}

const [rootFraction, multiplierFraction, weightFraction] = [3, 4, 5];
/** R · z has that many fractional bits more than θ. */
const shift = BigInt(2 * rootFraction + multiplierFraction - weightFraction);
const [low, high] = [-64n, 63n];

export const unlearnedCircuit = ({ masked, others }: Lengths, blocks = 1): Circuit =>
  circuit(`unlearned-${masked.join('-')}-of-${others.join('-')}`, {}, (c) => {
    const columns = (name: string, lengths: readonly number[]) =>
      lengths.map((length, i) => c.secret(`${name}-${i}`, q(6, rootFraction), [blocks, length]));
    unlearnedByColumns({
      masked: columns('masked', masked),
      multipliers: c.secret('multipliers', q(10, multiplierFraction), [blocks, masked.length]),
      columns: columns('other', others),
      weights: c.secret('weights', q(7, weightFraction), [blocks, others.length]),
    }).expose('unlearned');
  });

type Vector = readonly bigint[];

const dot = (a: Vector, b: Vector): bigint =>
  a.reduce((sum, each, t) => sum + each * (b[t] ?? 0n), 0n);

/** clamp ⌊(θ_j 2^s − R_j · z + 2^(s−1)) / 2^s⌋, z = Σ_{i ∈ S} R_i ν_i. */
export const unlearnedSpecification =
  ({ masked, others }: Lengths, blocks = 1): Specification =>
  (_, { integers }) => {
    const part = (name: string, b: number): Vector => {
      const all = integers[name]!;
      const length = all.length / blocks;
      return all.slice(b * length, (b + 1) * length);
    };
    const unlearned = Array.from({ length: blocks }, (_, b) => {
      const multipliers = part('multipliers', b);
      const own = masked.map((_, i) => part(`masked-${i}`, b));
      const z = Array.from({ length: Math.max(...masked) }, (_, t) =>
        own.reduce((sum, column, i) => sum + (column[t] ?? 0n) * multipliers[i]!, 0n),
      );
      return others.map((_, j) => {
        const moved = (part('weights', b)[j]! << shift) - dot(part(`other-${j}`, b), z);
        const rounded = (moved + (1n << (shift - 1n))) >> shift;
        return rounded < low ? low : rounded > high ? high : rounded;
      });
    });
    return { unlearned: unlearned.flat() };
  };

/** Random numbers leave the format more often than not; small multipliers mostly stay within it. */
export const unlearnedInputs = (program: Program): fc.Arbitrary<BoundInputs> =>
  fc.tuple(arbitraryInputs(program), fc.constantFrom(1n, 1n, 8n, 64n)).map(([bound, divisor]) =>
    withIntegers(program, bound, {
      multipliers: bound.fixed.get('multipliers')!.map((each) => each / divisor),
    }),
  );
