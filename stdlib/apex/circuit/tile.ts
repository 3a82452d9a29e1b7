// The circuit of a tile: for each of its blocks, K_SS ν = θ_S within τ, for the columns of R and the weights θ_S of registered leaves
// and the committed multipliers ν. Public are the context, the leaf of each live column, and c_b of each block. The context names
// client and window. Columns of one length stand in one tensor, in the order of the blocks and of their entries; so do the multipliers
// of blocks that have as many.
import {
  circuit,
  concat,
  field,
  u,
  type Circuit,
  type CircuitBuilder,
  type Tensor,
} from '../../../dsl/index.ts';
import { numeric } from '../../../compiler/ir/format.ts';
import { hasSalt, leafDomain, leafWords, rootWords } from '../commitments/column.ts';
import { multiplierDomain } from '../commitments/multipliers.ts';
import { limbFormat } from '../commitments/words.ts';
import { commitWords } from '../../commitment.ts';
import { assertGroupObsByColumns } from '../../group-obs/columns.ts';
import { floor, multiplierFormat, rootFormat, type StepSpec } from '../step/index.ts';
import { placesOf, type Layout } from './layout.ts';

/** Names of the tile's tensors: of columns of a length, and of blocks with k multipliers. */
export const ports = {
  context: 'context',
  bound: 'bound',
  columns: (length: number) => `columns-${length}`,
  columnSalts: (length: number) => `column-salts-${length}`,
  leaves: (length: number) => `leaves-${length}`,
  multipliers: (k: number) => `multipliers-${k}`,
  multiplierSalts: (k: number) => `multiplier-salts-${k}`,
  commitments: (k: number) => `commitments-${k}`,
} as const;

const word = u(64, 0);

export function tileCircuit(spec: StepSpec, layout: Layout): Circuit {
  return circuit('apex-tile', {}, (c) => {
    // The transcript of the proof absorbs it; exposing it says that it is passed through.
    c.public(ports.context, field, [1]).expose(ports.bound);
    const places = placesOf(layout);
    const columns = tables(places.flat(), (length, count) => openColumns(c, spec, length, count));
    const multipliers = tables(
      places.map(({ length }) => length),
      (k, count) => openMultipliers(c, spec, k, count),
    );
    for (const { shape, blocks } of layout) {
      const opened = Array.from({ length: blocks }, () =>
        shape.map((length) => columns.next(length)),
      );
      const own = shape.map((length, slot) => {
        const indices = opened.map((rows) => rows[slot]!);
        const { root, weight } = columns.of(length);
        return { root: rowsAt(root, indices), weight: rowsAt(weight, indices) };
      });
      const k = shape.length;
      const indices = Array.from({ length: blocks }, () => multipliers.next(k));
      assertGroupObsByColumns({
        columns: own.map(({ root }) => root),
        weights: beside(own.map(({ weight }) => weight)),
        multipliers: rowsAt(multipliers.of(k), indices),
        floor,
        tolerance: spec.tolerance,
      });
    }
  });
}

/** Columns of R and their weights, opened from their leaves: [count, length] and [count, 1]. */
function openColumns(
  c: CircuitBuilder,
  { weights }: StepSpec,
  length: number,
  count: number,
): { root: Tensor; weight: Tensor } {
  const words = c.secret(ports.columns(length), word, [count, leafWords(length)]);
  const salts = hasSalt(length) ? [c.secret(ports.columnSalts(length), field, [count])] : [];
  commitWords(words, salts, { domain: Number(leafDomain(length)) }).expose(ports.leaves(length));
  const part = (start: number, end: number): Tensor => words.slice({ axis: 1, start, end });
  const wide = limbFormat(weights);
  // The word after it is random, where there is one.
  const weight = part(rootWords(length), leafWords(length)).unpack({ format: wide, length: 1 });
  return {
    root: part(0, rootWords(length)).unpack({ format: rootFormat, length }),
    weight: wide.bits === numeric(weights)!.bits ? weight : weight.rescale(weights),
  };
}

/** ν of blocks with k multipliers, opened from their commitments, [count, k]. */
function openMultipliers(c: CircuitBuilder, spec: StepSpec, k: number, count: number): Tensor {
  const words = c.secret(ports.multipliers(k), word, [count, k]);
  const salts = c.secret(ports.multiplierSalts(k), field, [count]);
  commitWords(words, [salts], { domain: Number(multiplierDomain(k)) }).expose(ports.commitments(k));
  return words.unpack({ format: multiplierFormat(spec), length: k });
}

interface Tables<T> {
  of(key: number): T;
  /** The next row of that key: each is taken once. */
  next(key: number): number;
}

/** A table for each key that occurs, with a row for each time that it does. */
function tables<T>(keys: readonly number[], open: (key: number, count: number) => T): Tables<T> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const opened = new Map(
    [...counts].sort(([a], [b]) => a - b).map(([key, count]) => [key, open(key, count)]),
  );
  const taken = new Map<number, number>();
  return {
    of: (key) => opened.get(key)!,
    next(key) {
      const row = taken.get(key) ?? 0;
      taken.set(key, row + 1);
      return row;
    },
  };
}

/** The rows at those indices; a slice where they follow each other. */
function rowsAt(table: Tensor, indices: readonly number[]): Tensor {
  const [first] = indices;
  const [start, end] = [first!, first! + indices.length];
  if (!indices.every((index, i) => index === start + i))
    return table.gather({ axis: 0, indices: [...indices] });
  return indices.length === table.shape[0] ? table : table.slice({ axis: 0, start, end });
}

/** Columns [blocks, 1] as [blocks, k]. */
const beside = (columns: readonly Tensor[]): Tensor =>
  columns.length === 1 ? columns[0]! : concat([...columns], { axis: 1 });
