// Blocks whose residuals are whatever is wanted, exactly: R has odd diagonal entries of RᵀR and even other ones, so that K_SS is regular
// modulo powers of two, and K_SS ν = θ_S + r has a solution in integers for each r.
import { seededUniform } from '../../../../stdlib/apex/explore/seeded.ts';
import type { Shape } from '../../../../stdlib/apex/circuit/layout.ts';
import {
  columnLeaf,
  columnOpening,
  columnWords,
} from '../../../../stdlib/apex/commitments/column.ts';
import {
  blockCommitment,
  multiplierOpening,
} from '../../../../stdlib/apex/commitments/multipliers.ts';
import { LeafSalts, type LeafSalt } from '../../../../stdlib/apex/commitments/salts.ts';
import type { PublicBlock, SecretBlock } from '../../../../stdlib/apex/circuit/statement.ts';
import { choleskyRoot, solveWithRoot } from '../../../../stdlib/apex/step/cholesky.ts';
import { resultShift, type StepSpec } from '../../../../stdlib/apex/step/index.ts';
import { toleranceUnits } from '../../../../stdlib/apex/step/spec.ts';

/** The secrets of a client about the masked entries of a block, in integers. */
export interface MaskedBlock {
  readonly shape: Shape;
  /** Columns of R, each as long as the shape says. */
  readonly root: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly multipliers: readonly number[];
}

/** τ in units of residuals, 2^−(22 + f_ν). */
export const toleranceOf = (spec: StepSpec): bigint => BigInt(toleranceUnits(spec));

const floorUnits = 2n ** 14n;

/** K_SS in units of 2^−22. */
export function inverseOf(root: readonly (readonly number[])[]): bigint[][] {
  return root.map((a, i) =>
    root.map((b, j) => {
      let sum = i === j ? floorUnits : 0n;
      for (let t = 0; t < Math.min(a.length, b.length); t++) sum += BigInt(a[t]! * b[t]!);
      return sum;
    }),
  );
}

const timesVector = (matrix: readonly (readonly bigint[])[], vector: readonly bigint[]): bigint[] =>
  matrix.map((row) => row.reduce((sum, each, j) => sum + each * vector[j]!, 0n));

/** K_SS ν − θ_S. */
export function residualsOf(spec: StepSpec, { root, weights, multipliers }: MaskedBlock): bigint[] {
  const shift = BigInt(resultShift(spec));
  return timesVector(inverseOf(root), multipliers.map(BigInt)).map(
    (image, i) => image - (BigInt(weights[i]!) << shift),
  );
}

/** The least x ≥ 0 with M x = b modulo 2^bits; every pivot is odd. */
function solveModulo(
  matrix: readonly (readonly bigint[])[],
  right: readonly bigint[],
  bits: bigint,
): bigint[] {
  const wrap = (x: bigint): bigint => BigInt.asUintN(Number(bits), x);
  const inverse = (x: bigint): bigint => {
    let y = 1n;
    for (let i = 0; i < 7; i++) y = wrap(y * (2n - x * y));
    return y;
  };
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((pivot, k) => {
    const scale = inverse(pivot[k]!);
    rows[k] = pivot.map((x) => wrap(x * scale));
    rows.forEach((row, i) => {
      const factor = row[k]!;
      if (i !== k) rows[i] = row.map((x, j) => wrap(x - factor * rows[k]![j]!));
    });
  });
  return rows.map((row) => row.at(-1)!);
}

function solveReal(matrix: readonly (readonly bigint[])[], right: readonly bigint[]): Float64Array {
  const root = choleskyRoot(Float64Array.from(matrix.flat(), Number), matrix.length)!;
  return solveWithRoot(root, Float64Array.from(right, Number));
}

/** A block of that shape with those residuals; of the numbers there is one for each column. */
export function exactBlock(
  spec: StepSpec,
  shape: Shape,
  residuals: readonly bigint[],
  seed: number,
): MaskedBlock {
  const next = seededUniform(seed);
  // Small enough that no weight leaves its format, and large enough for residuals of 64 bits.
  const root = shape.map((length, i) => {
    const largest = 1600 / Math.sqrt(length * shape.length);
    const even = (): number => 2 * Math.floor(largest * (2 * next() - 1));
    return Array.from({ length }, (_, t) => even() + (t === i ? 1 : 0));
  });
  const shift = BigInt(resultShift(spec));
  const inverse = inverseOf(root);
  const least = solveModulo(inverse, residuals, shift);
  // The solution modulo 2^shift that is nearest to the one for θ = 0.
  const around = solveReal(inverse, residuals);
  const multipliers = least.map((x, i) => {
    const times = Math.round((around[i]! - Number(x)) / 2 ** Number(shift));
    return x + (BigInt(times) << shift);
  });
  const weights = timesVector(inverse, multipliers).map((x, i) =>
    Number((x - residuals[i]!) >> shift),
  );
  return { shape, root, weights, multipliers: multipliers.map(Number) };
}

/** The same with residuals somewhere in [−τ, τ). */
export function honestBlock(spec: StepSpec, shape: Shape, seed: number): MaskedBlock {
  const next = seededUniform(seed + 1);
  const tolerance = Number(toleranceOf(spec));
  const residuals = shape.map(() => BigInt(Math.floor(tolerance * (2 * next() - 1))));
  return exactBlock(spec, shape, residuals, seed);
}

/** Salts of a block's columns, and of its multipliers. */
export interface BlockSalts {
  readonly columns: readonly LeafSalt[];
  readonly multipliers: LeafSalt;
}

/** The same for a seed. */
export function seededSalts(shape: Shape, seed: number): BlockSalts {
  const salts = new LeafSalts(Buffer.alloc(32, `${seed}.`));
  const { words } = salts.of(shape.length, shape.length);
  return {
    columns: shape.map((length, i) => salts.of(i, columnWords(length))),
    // Leaves of one word have an element, as multipliers always do.
    multipliers: { words, salt: salts.of(shape.length, 1).salt },
  };
}

export const secretOf = (spec: StepSpec, block: MaskedBlock, salts: BlockSalts): SecretBlock => ({
  shape: block.shape,
  columns: block.shape.map((length, i) =>
    columnOpening(spec, length, block.weights[i]!, block.root[i]!, salts.columns[i]!),
  ),
  multipliers: multiplierOpening(spec, block.multipliers, salts.multipliers),
});

/** By the functions of a client and a verifier, outside of the circuit. */
export const publicOf = (spec: StepSpec, block: MaskedBlock, salts: BlockSalts): PublicBlock => ({
  shape: block.shape,
  leaves: block.shape.map((length, i) =>
    columnLeaf(spec, length, block.weights[i]!, block.root[i]!, salts.columns[i]!),
  ),
  commitment: blockCommitment(spec, block.multipliers, salts.multipliers),
});
