// Random blocks for the laws of a step, and its definition written a second time.
import fc from 'fast-check';
import { seededRandom } from '../../../../examples/unlearn-digits/random.ts';
import { formatInterval, fractionOf } from '../../../../compiler/ir/format.ts';
import type { Matrix } from '../../../../stdlib/apex/reference/index.ts';
import {
  columnLengths,
  columnOffsets,
  makeSpec,
  registeredBlock,
  resultShift,
  type BlockStep,
  type HeldBlock,
  type RegisteredBlock,
  type StepSpec,
} from '../../../../stdlib/apex/step/index.ts';

type Random = ReturnType<typeof seededRandom>;

/** Integers from `low` to `high`; at times one of the two. */
export function integerFrom(random: Random, low: number, high: number): number {
  const kind = random.uniform();
  if (kind < 0.1) return kind < 0.05 ? low : high;
  return low + Math.floor(random.uniform() * (high - low + 1));
}

/** Each entry with that probability, but at least one. */
export function someEntries(random: Random, length: number, probability: number): number[] {
  const all = Array.from({ length }, (_, i) => i);
  const some = all.filter(() => random.uniform() < probability);
  return some.length > 0 ? some : [integerFrom(random, 0, length - 1)];
}

export interface Sizes {
  readonly spec: StepSpec;
  readonly length: number;
  readonly random: Random;
}

/** Plans of all classes, and blocks that may be shorter than their size. */
export const sizes: fc.Arbitrary<Sizes> = fc
  .record({
    size: fc.constantFrom(1, 5, 8, 16, 32, 48, 64),
    weightBits: fc.constantFrom(16, 24, 30),
    short: fc.double({ min: 0, max: 1, noNaN: true }),
    full: fc.boolean(),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  })
  .map(({ size, weightBits, short, full, seed }) => ({
    spec: makeSpec({ size, weightBits, weightRange: 4 }),
    length: full ? size : 1 + Math.floor(short * (size - 1)),
    random: seededRandom(seed),
  }));

/** Any numbers of the formats, also where an honest client has zeros. */
export function anyBlock({ spec, length, random }: Sizes, largest = 2048): HeldBlock {
  const { low, high } = formatInterval(spec.weights);
  return {
    weights: Int32Array.from({ length }, () => integerFrom(random, Number(low), Number(high))),
    root: Int16Array.from({ length: columnOffsets(spec.size)[length]! }, () =>
      integerFrom(random, -largest, largest - 1),
    ),
  };
}

/** Gradients with a few strong directions, of any scale. */
export function randomGradients({ length, random }: Sizes): Float64Array[] {
  const scale = 10 ** (12 * random.uniform() - 6);
  const directions = Array.from({ length: integerFrom(random, 1, 3) }, () =>
    Float64Array.from({ length }, () => random.normal()),
  );
  const noise = random.uniform();
  return Array.from({ length: integerFrom(random, 1, 12) }, () => {
    const along = directions.map(() => random.normal());
    return Float64Array.from({ length }, () => noise * random.normal()).map(
      (entry, i) => scale * directions.reduce((sum, d, t) => sum + along[t]! * d[i]!, entry),
    );
  });
}

/** Weights of a trained layer. */
export const randomWeights = ({ length, random }: Sizes): Float64Array =>
  Float64Array.from({ length }, () => 0.3 * random.normal());

export const rounded = (spec: StepSpec, { weights, root }: RegisteredBlock): HeldBlock => ({
  weights: Int32Array.from(weights, (weight) =>
    Math.floor(weight * 2 ** fractionOf(spec.weights) + 0.5),
  ),
  root: Int16Array.from(root, (entry) => Math.floor(entry * 2 ** 11 + 0.5)),
});

/** A registered block, curvature and damping in proportion. */
export function honestBlock(own: Sizes, dead: readonly number[] = []): HeldBlock {
  const gradients = randomGradients(own);
  const square = gradients[0]!.reduce((sum, g) => sum + g * g, 0) / own.length;
  const damping = (own.random.uniform() + 1e-3) * (square || 1);
  const weights = randomWeights(own);
  return rounded(own.spec, registeredBlock(own.spec, { weights, gradients, damping, dead }));
}

/** Column i of R, rows 0 … 63. */
function column({ size }: StepSpec, { root }: HeldBlock, i: number): number[] {
  const [first, length] = [columnOffsets(size)[i]!, columnLengths(size)[i]!];
  return Array.from({ length: 64 }, (_, t) => (t < length ? root[first + t]! : 0));
}

/** K, real; exact in doubles. */
export function denseInverse(spec: StepSpec, block: HeldBlock): Matrix {
  const length = block.weights.length;
  const columns = Array.from({ length }, (_, i) => column(spec, block, i));
  const entries = new Float64Array(length * length);
  for (let i = 0; i < length; i++)
    for (let j = 0; j < length; j++) {
      const product = columns[i]!.reduce((sum, entry, t) => sum + entry * columns[j]![t]!, 0);
      entries[i * length + j] = product / 2 ** 22 + (i === j ? 2 ** -8 : 0);
    }
  return { rows: length, columns: length, entries };
}

const sum = (terms: readonly bigint[]): bigint => terms.reduce((total, term) => total + term, 0n);

/** θ_u and the residuals of S, from the definition, in big integers. */
export function definition(
  spec: StepSpec,
  block: HeldBlock,
  { live, dead, multipliers }: BlockStep,
): { unlearned: number[]; residuals: bigint[] } {
  const columns = Array.from(block.weights, (_, i) => column(spec, block, i).map(BigInt));
  const z = Array.from({ length: 64 }, (_, t) =>
    sum(live.map((entry, k) => columns[entry]![t]! * BigInt(multipliers[k]!))),
  );
  const products = columns.map((own) => sum(own.map((entry, t) => entry * z[t]!)));
  const shift = BigInt(resultShift(spec));
  const { low, high } = formatInterval(spec.weights);
  return {
    unlearned: products.map((product, i) => {
      if (live.includes(i) || dead.includes(i)) return 0;
      const weight = BigInt(block.weights[i]!);
      const value = ((weight << shift) - product + (1n << (shift - 1n))) >> shift;
      return Number(value < low ? low : value > high ? high : value);
    }),
    residuals: live.map((entry, k) => {
      const weight = BigInt(block.weights[entry]!) << shift;
      return products[entry]! + (1n << 14n) * BigInt(multipliers[k]!) - weight;
    }),
  };
}
