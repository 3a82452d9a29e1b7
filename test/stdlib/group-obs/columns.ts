// Group OBS by columns as circuits of their own, and inputs that leave any wanted residuals.
import fc from 'fast-check';
import type { Program } from '../../../compiler/ir/program.ts';
import {
  arbitraryInputs,
  withIntegers,
  type BoundInputs,
  type Specification,
} from '../../../compiler/testing/index.ts';
import { circuit, q, type Circuit } from '../../../dsl/index.ts';
import { assertGroupObsByColumns } from '../../../stdlib/index.ts';

const [rootFraction, multiplierFraction] = [3, 4];
/** φ. */
const floor = 2 ** -4;
/** τ in units of the residuals; their last place is that of RᵀR ν and of θ. */
const limit = 32n;
const weightFraction = 2 * rootFraction + multiplierFraction;

/** Columns of those lengths in each of some blocks. θ_S and ν are public: an accepted statement is what the relation says of them. */
export const columnsCircuit = (lengths: readonly number[], blocks = 1): Circuit =>
  circuit(`columns-${lengths.join('-')}`, {}, (c) => {
    assertGroupObsByColumns({
      columns: lengths.map((length, i) =>
        c.secret(columnName(i), q(6, rootFraction), [blocks, length]),
      ),
      weights: c.public('weights', q(28, weightFraction), [blocks, lengths.length]),
      multipliers: c.public('multipliers', q(10, multiplierFraction), [blocks, lengths.length]),
      floor,
      tolerance: Number(limit) * 2 ** -weightFraction,
    });
  });

const columnName = (i: number): string => `column-${i}`;

/** K_SS ν in units of the residuals, for the columns of one block. */
function images(
  columns: readonly (readonly bigint[])[],
  multipliers: readonly bigint[],
): readonly bigint[] {
  const damping = BigInt(floor * 2 ** (2 * rootFraction));
  const dot = (a: readonly bigint[], b: readonly bigint[]): bigint =>
    a.reduce((sum, each, j) => sum + each * (b[j] ?? 0n), 0n);
  return columns.map((a, i) =>
    columns.reduce(
      (sum, b, j) => sum + (dot(a, b) + (i === j ? damping : 0n)) * multipliers[j]!,
      0n,
    ),
  );
}

/** The values of a tensor of some blocks, block by block. */
const perBlock = (values: readonly bigint[], blocks: number): bigint[][] => {
  const length = values.length / blocks;
  return Array.from({ length: blocks }, (_, b) => values.slice(b * length, (b + 1) * length));
};

type Integers = ReadonlyMap<string, readonly bigint[]>;

/** K_SS ν for all blocks. */
function allImages(integers: Integers, lengths: readonly number[], blocks: number): bigint[] {
  const columns = lengths.map((_, i) => perBlock(integers.get(columnName(i))!, blocks));
  return perBlock(integers.get('multipliers')!, blocks).flatMap((own, b) =>
    images(
      columns.map((column) => column[b]!),
      own,
    ),
  );
}

/** Exactly −τ ≤ K_SS ν − θ_S < τ. */
export const columnsSpecification =
  (lengths: readonly number[], blocks = 1): Specification =>
  (_, { integers }) => {
    const given = new Map(Object.entries(integers));
    const holds = allImages(given, lengths, blocks).every((image, i) => {
      const residual = image - given.get('weights')![i]!;
      return residual >= -limit && residual < limit;
    });
    return holds ? {} : undefined;
  };

/** Residuals are at the ends of what is accepted as often as between them, and now and then just outside. */
const residual = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt(-limit, limit - 1n) },
  { weight: 4, arbitrary: fc.constantFrom(-limit, limit - 1n, 0n) },
  { weight: 1, arbitrary: fc.constantFrom(-limit - 1n, limit, 2n * limit) },
);

export const columnsInputs =
  (lengths: readonly number[], blocks = 1) =>
  (program: Program): fc.Arbitrary<BoundInputs> => {
    const length = blocks * lengths.length;
    return fc
      .tuple(arbitraryInputs(program), fc.array(residual, { minLength: length, maxLength: length }))
      .map(([bound, residuals]) => {
        const weights = allImages(bound.fixed, lengths, blocks).map((x, i) => x - residuals[i]!);
        return withIntegers(program, bound, { weights });
      });
  };
