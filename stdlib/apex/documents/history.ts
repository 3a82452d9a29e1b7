// The history of a plan's windows: each position that a window masked, with the first epoch that did.
//   live(e) = {first epoch ≥ e} without the plan's dead positions;  dead(e) = {first epoch < e} and the plan's dead positions
import { LetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { blockNumbering } from '../model/index.ts';
import { bytesFor, hasBit, positionsOf, setBit } from './bits.ts';
import type { Json } from './canonical.ts';
import type { Fields } from './fields.ts';
import type { Plan } from './plan.ts';

export interface History {
  /** Ascending. */
  readonly positions: Uint32Array;
  /** The first epoch of each. */
  readonly epochs: Uint32Array;
}

export const noHistory: History = { positions: new Uint32Array(0), epochs: new Uint32Array(0) };

/** Bits up to the last position, then an epoch for each: 32 bits, little-endian. Both in base64, with one spelling. */
export function historyFields({ positions, epochs }: History): Json {
  const bits = new Uint8Array(bytesFor((positions.at(-1) ?? -1) + 1));
  for (const position of positions) setBit(bits, position);
  const bytes = Buffer.alloc(4 * epochs.length);
  epochs.forEach((epoch, i) => bytes.writeUInt32LE(epoch, 4 * i));
  return { positions: Buffer.from(bits).toString('base64'), epochs: bytes.toString('base64') };
}

/** Epochs lie between 1 and `last`. */
export function readHistory(fields: Fields, last: number): History {
  const bits = fields.bytes('positions');
  if (bits.at(-1) === 0) fields.refuse('positions end in zeros');
  const positions = positionsOf(bits);
  const bytes = fields.bytes('epochs');
  if (bytes.length !== 4 * positions.length)
    fields.refuse(`epochs have ${bytes.length} bytes, for ${positions.length} positions`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const epochs = new Uint32Array(positions.length);
  for (let i = 0; i < epochs.length; i++) epochs[i] = view.getUint32(4 * i, true);
  if (!epochs.every((epoch) => epoch >= 1 && epoch <= last))
    fields.refuse(`an epoch does not lie between 1 and the window's, ${last}`);
  return { positions, epochs };
}

/** With those of `positions` that are new, in this epoch. Returns the same object if none is. */
export function extendHistory(history: History, named: Uint32Array, epoch: number): History {
  const known = history.positions;
  const positions = new Uint32Array(known.length + named.length);
  const epochs = new Uint32Array(positions.length);
  let [count, i, j] = [0, 0, 0];
  while (i < known.length || j < named.length) {
    const isKnown = j === named.length || (i < known.length && known[i]! <= named[j]!);
    if (isKnown && known[i] === named[j]) j++;
    positions[count] = isKnown ? known[i]! : named[j]!;
    epochs[count++] = isKnown ? history.epochs[i]! : epoch;
    if (isKnown) i++;
    else j++;
  }
  if (count === known.length) return history;
  return { positions: positions.slice(0, count), epochs: epochs.slice(0, count) };
}

/** Throws `bad-history` where `after` drops a position, changes an epoch, or has a new one outside of (from, to]. */
export function checkExtends(before: History, after: History, from: number, to: number): void {
  let i = 0;
  after.positions.forEach((position, j) => {
    const epoch = after.epochs[j]!;
    const known = before.positions[i];
    if (known !== undefined && known < position) refuseHistory(`drops position ${known}`);
    if (known === position) {
      const first = before.epochs[i++]!;
      if (epoch !== first)
        refuseHistory(`has position ${position} in epoch ${epoch}, and it was masked in ${first}`);
    } else if (epoch <= from || epoch > to)
      refuseHistory(
        `has the new position ${position} in epoch ${epoch}, outside of ${from + 1} to ${to}`,
      );
  });
  if (i < before.positions.length) refuseHistory(`drops position ${before.positions[i]}`);
}

/** Throws `bad-history`: the history of a window is wrong, or the place that it claims among the windows. */
export const refuseHistory = (problem: string): never => {
  throw new LetheError([
    {
      code: 'bad-history',
      message: `the window ${problem}`,
      hint: 'do not answer it: the history of a plan only grows, and everyone must see the same one',
    },
  ]);
};

/** The positions that count for a client which registered in `epoch`, ascending. */
export function livePositions(
  plan: Plan,
  { positions, epochs }: History,
  epoch: number,
): Uint32Array {
  const dead = plan.predecessor?.dead;
  return select(
    positions,
    (position, i) => epochs[i]! >= epoch && !(dead && hasBit(dead, position)),
  );
}

/** Faster than `filter` of a typed array. */
function select(
  positions: Uint32Array,
  keep: (position: number, i: number) => boolean,
): Uint32Array {
  const kept = new Uint32Array(positions.length);
  let count = 0;
  for (let i = 0; i < positions.length; i++)
    if (keep(positions[i]!, i)) kept[count++] = positions[i]!;
  return kept.slice(0, count);
}

/** The positions at which θ_u is 0 for a client which registered in `epoch`, and nothing is proved. Ascending. */
export function deadPositions(
  plan: Plan,
  { positions, epochs }: History,
  epoch: number,
): Uint32Array {
  const own = select(positions, (_, i) => epochs[i]! < epoch);
  if (!plan.predecessor) return own;
  const bits = plan.predecessor.dead.slice();
  own.forEach((position) => setBit(bits, position));
  return positionsOf(bits);
}

/**
 * How many positions died between a window that a client has compensated for and the epoch in which it was entered: no
 * curvature makes up for them.
 */
export function uncompensatedCount(
  plan: Plan,
  { positions, epochs }: History,
  { compensated, epoch }: { readonly compensated: number; readonly epoch: number },
): number {
  const dead = plan.predecessor?.dead;
  let count = 0;
  positions.forEach((position, i) => {
    const first = epochs[i]!;
    if (first > compensated && first < epoch && !(dead && hasBit(dead, position))) count++;
  });
  return count;
}

/** A block with S ≠ ∅. */
export interface LiveBlock {
  readonly number: number;
  /** S of this block: entries, ascending. */
  readonly live: readonly number[];
}

/** In the order of their numbers, for a client which registered in `epoch`. */
export const liveBlocks = (plan: Plan, history: History, epoch: number): LiveBlock[] =>
  byBlock(plan, livePositions(plan, history, epoch), (number, live) => ({ number, live }));

/** The entries of dead positions, ascending, by the number of the block. */
export const deadByBlock = (plan: Plan, history: History, epoch: number): Map<number, number[]> =>
  new Map(
    byBlock(plan, deadPositions(plan, history, epoch), (number, entries) => [number, entries]),
  );

/** One look-up for each block: positions ascend. */
function byBlock<T>(
  { scope }: Plan,
  positions: Uint32Array,
  make: (number: number, entries: number[]) => T,
): T[] {
  const numbering = blockNumbering(scope);
  const blocks: T[] = [];
  for (let i = 0; i < positions.length;) {
    const { number, entry } = numbering.of(positions[i]!);
    const first = positions[i]! - entry;
    const end = first + numbering.at(number).length;
    let next = i + 1;
    while (next < positions.length && positions[next]! < end) next++;
    // It has its length from the start: an array that grows takes several times the memory.
    const entries = new Array<number>(next - i);
    for (let at = i; at < next; at++) entries[at - i] = positions[at]! - first;
    i = next;
    blocks.push(make(number, entries));
  }
  return blocks;
}
