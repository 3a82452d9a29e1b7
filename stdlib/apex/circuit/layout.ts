// The layout of a tile: how many blocks of which mask it holds. Most touched blocks have one masked weight, and there are few
// ways to have one: blocks whose mask is part of the circuit need no selection, and only the columns of the masked weights.
// A mask that is too rare to be in every tile, or that occurs once, is a public input instead.
import type { TouchedBlock } from '../documents/mask.ts';

/** Blocks of one mask. */
export interface Group {
  /** Masked entries, ascending, at least one. */
  readonly masked: readonly number[];
  readonly blocks: number;
}

export interface Layout {
  /** First in a tile, in this order. */
  readonly groups: readonly Group[];
  /** Blocks whose mask is a public input; last in a tile. */
  readonly open: number;
}

/** A tile without groups. */
export const openLayout = (blocks: number): Layout => ({ groups: [], open: blocks });

export const blocksOf = ({ groups, open }: Layout): number =>
  groups.reduce((sum, { blocks }) => sum + blocks, open);

/** More would make a circuit that takes long to build. */
const mostGroups = 64;

/** Touched blocks, dealt out: all tiles have one layout, and only the places for open masks may stay empty. */
export interface Deal {
  readonly layout: Layout;
  /** For each tile the positions, among the touched blocks, of what stands in its places; undefined where one is empty. */
  readonly tiles: readonly (readonly (number | undefined)[])[];
}

/** Touched blocks of each tile. */
export const countsOf = ({ tiles }: Deal): number[] =>
  tiles.map((places) => places.filter((place) => place !== undefined).length);

/**
 * Deals touched blocks out to so many tiles, at least one and at most as many as there are blocks. Everybody who knows the
 * mask finds the same deal.
 */
export function deal(touched: readonly TouchedBlock[], tiles: number): Deal {
  const groups: Group[] = [];
  const places: (number | undefined)[][] = Array.from({ length: tiles }, () => []);
  const rest: number[] = [];
  for (const { masked, positions } of positionsByMask(touched)) {
    const known = groups.length < mostGroups && positions.length > 1;
    const blocks = known ? Math.floor(positions.length / tiles) : 0;
    if (blocks > 0) {
      groups.push({ masked, blocks });
      places.forEach((own, tile) =>
        own.push(...positions.slice(tile * blocks, (tile + 1) * blocks)),
      );
    }
    rest.push(...positions.slice(tiles * blocks));
  }
  rest.sort((a, b) => a - b);
  const open = Math.ceil(rest.length / tiles);
  places.forEach((own, tile) => {
    for (let i = 0; i < open; i++) own.push(rest[tile * open + i]);
  });
  return { layout: { groups, open }, tiles: places };
}

/** Positions of the blocks of each mask: the most frequent first, then masks of fewer weights, then by their entries. */
function positionsByMask(
  touched: readonly TouchedBlock[],
): { masked: number[]; positions: number[] }[] {
  const known = new Map<string, { masked: number[]; positions: number[] }>();
  touched.forEach(({ mask }, position) => {
    const masked = [...mask.keys()].filter((i) => mask[i] === 1);
    const key = masked.join();
    const own = known.get(key);
    if (own) own.positions.push(position);
    else known.set(key, { masked, positions: [position] });
  });
  return [...known.values()].sort(
    (a, b) => b.positions.length - a.positions.length || compare(a.masked, b.masked),
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((entry, i) => entry !== b[i]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}
