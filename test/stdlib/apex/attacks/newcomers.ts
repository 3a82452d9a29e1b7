// Registrations that a newcomer of epoch 2 may make when it has seen the first window.
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { columnLeaf } from '../../../../stdlib/apex/commitments/column.ts';
import { blockNumbering, type State, type Window } from '../../../../stdlib/apex/index.ts';
import {
  columnLengths,
  columnOffsets,
  type HeldBlock,
} from '../../../../stdlib/apex/step/index.ts';
import { spread, scope, type World } from '../fixture.ts';
import type { ByHand } from './by-hand.ts';
import { fittedBlock } from './fitted.ts';

const numbering = blockNumbering(scope);

/** Entries of `spread` by the number of their block: dead for who comes after it. */
export const seen = new Map<number, number[]>();
for (const position of spread) {
  const { number, entry } = numbering.of(position);
  seen.set(number, [...(seen.get(number) ?? []), entry]);
}

/** More than any compensation: 1/8 up, 1/8 down. */
export const wanted = (entry: number): number => (entry % 2 === 0 ? 1 : -1) / 8;

export const fitted =
  ({ plan }: World) =>
  (held: HeldBlock, number: number): HeldBlock => {
    const mask = seen.get(number) ?? [];
    return mask.length === 0 ? held : fittedBlock(plan.step, held, mask, wanted).block;
  };

/** Other columns and weights at dead entries. */
const changed =
  (weight: number, fill: (held: HeldBlock, entry: number, at: number) => void) =>
  (held: HeldBlock, number: number): HeldBlock => {
    const own = { weights: held.weights.slice(), root: held.root.slice() };
    for (const entry of seen.get(number) ?? []) {
      own.weights[entry] = weight;
      fill(own, entry, columnOffsets(scope.blockSize)[entry]!);
    }
    return own;
  };

const lengths = columnLengths(scope.blockSize);

/** Every entry of the dead columns, those below the diagonal too. */
const filled = changed(2 ** 15 - 1, ({ root }, entry, at) =>
  root.fill(2 ** 11 - 1, at, at + lengths[entry]!),
);

/** Row t of R, t dead, in every column that has one: entries below the diagonal too. */
const rows = changed(-(2 ** 15), ({ weights, root }, entry) => {
  weights.forEach((_, column) => {
    if (entry < lengths[column]!) root[columnOffsets(scope.blockSize)[column]! + entry] = -700;
  });
});

/** A leaf as it would be at the other end of a block, where columns have another length. */
async function otherClass({ folder, ...state }: State, position: number): Promise<bigint> {
  const holdings = await Holdings.open({ folder, ...state });
  const { entry } = numbering.of(position);
  const length = lengths[entry]! === 4 ? 8 : 4;
  const column = new Int16Array(length).fill(1000);
  const leaf = columnLeaf(state.plan.step, length, 77, column, holdings.saltOf(position, length));
  await holdings.close();
  return leaf;
}

/** By name, every form that was thought of. */
export const forms = (world: World, first: Window): Record<string, ByHand> => ({
  'columns fitted to the old mask': { block: fitted(world) },
  'the largest columns and weights at dead positions': { block: filled },
  'rows of dead positions': { block: rows },
  'a compensation that is named and was not made': { window: first, block: filled },
  'leaves of other classes': {
    leaves: (right, state) =>
      Promise.all(right.map((leaf, i) => (spread.includes(i) ? otherClass(state, i) : leaf))),
  },
  'leaves of other positions, and of nothing': {
    block: fitted(world),
    leaves: async (right) =>
      right.map((leaf, i) => (spread.includes(i) ? (i % 2 === 0 ? right[1]! : BigInt(i)) : leaf)),
  },
});
