// Small tiles of a link with random blocks, and what their constraints accept.
import fc from 'fast-check';
import { seededRandom } from '../../../../examples/unlearn-digits/random.ts';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { formatInterval } from '../../../../compiler/ir/format.ts';
import type { InputValues } from '../../../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import type { Statement } from '../../../../compiler/prover/statement.ts';
import { placesOf, type Layout } from '../../../../stdlib/apex/circuit/layout.ts';
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
import { linkCircuit } from '../../../../stdlib/apex/link/circuit.ts';
import { compareLinkShapes, linkKey, linkShapeOf } from '../../../../stdlib/apex/link/shape.ts';
import type { LinkShape } from '../../../../stdlib/apex/link/shape.ts';
import {
  linkInputs,
  linkStatement,
  type OfColumns,
  type PublicLinkBlock,
  type SecretLinkBlock,
} from '../../../../stdlib/apex/link/statement.ts';
import {
  columnLengths,
  columnOffsets,
  makeSpec,
  multiplierFormat,
  unlearnedBlock,
  type HeldBlock,
  type StepSpec,
} from '../../../../stdlib/apex/step/index.ts';
import { anyBlock, integerFrom } from '../step/blocks.ts';

export { proved, proves } from '../circuit/tiles.ts';

export const context = 77n;

export const specOf = (size: number, weightBits = 24): StepSpec =>
  makeSpec({ size, weightBits, weightRange: 4 });

export const compileTile = (spec: StepSpec, layout: Layout<LinkShape>): LoweredProgram =>
  compileCircuit(linkCircuit(spec, layout));

/** Entries of a block: S, and those that are linked. */
export interface Entries {
  readonly live: readonly number[];
  readonly linked: readonly number[];
}

/** A block under two registrations, and the salts of all its commitments. */
export interface TwoBlocks extends Entries {
  readonly old: HeldBlock;
  readonly new: HeldBlock;
  /** ν, [k]. */
  readonly multipliers: Float64Array;
  readonly salts: OfColumns<LeafSalt> & { readonly multipliers: LeafSalt };
}

/** Any numbers in the old block; θ_u in the new one, and any curvature. With small multipliers most weights stay within their format. */
export function linkedBlocks(
  spec: StepSpec,
  { live, linked }: Entries,
  seed: number,
  multiplier = seed % 2 === 0 ? 2 ** 47 : 2 ** 24,
): TwoBlocks {
  const random = seededRandom(seed);
  const own = { spec, length: spec.size, random };
  const old = anyBlock(own);
  const { high } = formatInterval(multiplierFormat(spec));
  const most = Math.min(multiplier, Number(high));
  const multipliers = Float64Array.from(live, () => integerFrom(random, -most - 1, most));
  const weights = unlearnedBlock(spec, old, { live, dead: [], multipliers });
  return {
    live,
    linked,
    old,
    new: { ...anyBlock(own), weights },
    multipliers,
    salts: saltsOf(spec, { live, linked }, seed),
  };
}

function saltsOf(spec: StepSpec, { live, linked }: Entries, seed: number): TwoBlocks['salts'] {
  const lengths = columnLengths(spec.size);
  const of = (registration: string): ((entry: number) => LeafSalt) => {
    const salts = new LeafSalts(Buffer.alloc(32, `${registration}${seed}.`));
    return (entry) => salts.of(entry, columnWords(lengths[entry]!));
  };
  const salts = new LeafSalts(Buffer.alloc(32, `c_b${seed}.`));
  return {
    live: live.map(of('old')),
    linked: linked.map(of('old')),
    new: linked.map(of('new')),
    multipliers: { words: salts.of(0, live.length).words, salt: salts.of(0, 1).salt },
  };
}

export const shapeOfBlocks = (spec: StepSpec, block: Entries): LinkShape =>
  linkShapeOf(spec.size, block);

type Column = readonly [length: number, weight: number, root: ArrayLike<number>, salts: LeafSalt];

/** For each column that the link opens, what its leaf is made of. */
function ofColumns<T>(
  spec: StepSpec,
  block: TwoBlocks,
  make: (...column: Column) => T,
): OfColumns<T> {
  const [lengths, offsets] = [columnLengths(spec.size), columnOffsets(spec.size)];
  const each = (held: HeldBlock, entries: readonly number[], salts: readonly LeafSalt[]): T[] =>
    entries.map((entry, i) =>
      make(
        lengths[entry]!,
        held.weights[entry]!,
        held.root.subarray(offsets[entry], offsets[entry + 1]),
        salts[i]!,
      ),
    );
  return {
    live: each(block.old, block.live, block.salts.live),
    linked: each(block.old, block.linked, block.salts.linked),
    new: each(block.new, block.linked, block.salts.new),
  };
}

export const secretOf = (spec: StepSpec, block: TwoBlocks): SecretLinkBlock => ({
  shape: shapeOfBlocks(spec, block),
  columns: ofColumns(spec, block, (...column) => columnOpening(spec, ...column)),
  multipliers:
    block.live.length > 0
      ? multiplierOpening(spec, block.multipliers, block.salts.multipliers)
      : undefined,
});

/** By the functions of a client and a verifier, outside of the circuit. */
export const publicOf = (spec: StepSpec, block: TwoBlocks): PublicLinkBlock => ({
  shape: shapeOfBlocks(spec, block),
  leaves: ofColumns(spec, block, (...column) => columnLeaf(spec, ...column)),
  commitment:
    block.live.length > 0
      ? blockCommitment(spec, block.multipliers, block.salts.multipliers)
      : undefined,
});

export const inputsOf = (spec: StepSpec, places: readonly TwoBlocks[]): InputValues =>
  linkInputs(
    context,
    places.map((block) => secretOf(spec, block)),
  );

export const expected = (spec: StepSpec, places: readonly TwoBlocks[]): Statement =>
  linkStatement(
    context,
    places.map((block) => publicOf(spec, block)),
  );

/** A layout for blocks with those entries, which are sorted into its places. */
export function laidOut(
  spec: StepSpec,
  blocks: readonly Entries[],
): { layout: Layout<LinkShape>; entries: readonly Entries[] } {
  const shapes = new Map(
    blocks.map((block) => {
      const shape = shapeOfBlocks(spec, block);
      return [linkKey(shape), shape];
    }),
  );
  const of = (shape: LinkShape): Entries[] =>
    blocks.filter((block) => linkKey(shapeOfBlocks(spec, block)) === linkKey(shape));
  const sorted = [...shapes.values()].sort(compareLinkShapes);
  return {
    layout: sorted.map((shape) => ({ shape, blocks: of(shape).length })),
    entries: sorted.flatMap(of),
  };
}

/** Blocks of random entries: some in S, some dead, at least one linked. */
export const someEntries = (size: number): fc.Arbitrary<Entries> =>
  fc
    .array(fc.constantFrom('live', 'linked', 'linked', 'linked', 'dead'), {
      minLength: size,
      maxLength: size,
    })
    .map((kinds) => {
      const of = (kind: string): number[] => kinds.flatMap((each, i) => (each === kind ? [i] : []));
      const linked = of('linked');
      return { live: of('live').filter((i) => i !== 0), linked: linked.length > 0 ? linked : [0] };
    });

export interface Tile {
  readonly spec: StepSpec;
  readonly layout: Layout<LinkShape>;
  readonly places: readonly TwoBlocks[];
}

export const honestTile = (spec: StepSpec, blocks: readonly Entries[], seed: number): Tile => {
  const { layout, entries } = laidOut(spec, blocks);
  const count = placesOf(layout).length;
  if (count !== blocks.length) throw new Error(`${count} places for ${blocks.length} blocks`);
  const places = entries.map((own, i) => linkedBlocks(spec, own, seed + i));
  return { spec, layout, places };
};

/** Tiles of a few blocks. */
export const tiles: fc.Arbitrary<Tile> = fc
  .record({
    size: fc.constantFrom(1, 5, 8, 16),
    weightBits: fc.constantFrom(16, 24, 30),
    seed: fc.integer({ min: 1, max: 2 ** 20 }),
  })
  .chain(({ size, weightBits, seed }) =>
    fc
      .array(someEntries(size), { minLength: 1, maxLength: 3 })
      .map((blocks) => honestTile(specOf(size, weightBits), blocks, seed)),
  );
