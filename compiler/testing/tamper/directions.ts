// Joint moves of the values of one line. With J the response of the gates to each value, the values move by d while each
// gate moves by J d. Two directions carry value i far at little cost: (JᵀJ)⁻¹ e_i, the farthest for a given ‖J d‖, along what
// the gates hardly see; and J⁺ sign(J (JᵀJ)⁻¹ e_i), the farthest when each gate may move by as much as the others.
import { solveDense } from '../../numbers/linear-system.ts';
import type { Attacker } from './attacker.ts';
import type { Choice } from './choice.ts';
import { isRigid, responseTo } from './response.ts';

/** By how much each value moves, as a part of the one that moves most. */
export type Direction = ReadonlyMap<Choice, number>;

/** Values that gates tie together are moved together, up to so many. */
const widest = 64;
/** What an equation weighs, against a check, which gives way a little. */
const rigid = 2 ** 8;
const regularization = 2 ** -44;

/** The directions of each value of a line. */
export function directionsOf(
  attacker: Attacker,
  choices: readonly Choice[],
): ReadonlyMap<Choice, readonly Direction[]> {
  const responses = choices.map((choice) => responseTo(attacker, choice, 1n));
  const rows = new Map<string, Map<number, number>>();
  responses.forEach((response, column) =>
    response.forEach((off, key) => {
      const row = rows.get(key) ?? new Map<number, number>();
      rows.set(key, row.set(column, Number(off) * (isRigid(attacker, key) ? rigid : 1)));
    }),
  );
  const found = new Map<Choice, Direction[]>();
  for (const columns of connected(choices.length, rows)) {
    if (columns.length < 2 || columns.length > widest) continue;
    const own = [...rows].filter(([, row]) => columns.some((column) => row.has(column)));
    // A check of one value alone ends its range, but does not tie it to others.
    const tied = own.filter(([key, row]) => row.size > 1 || isRigid(attacker, key));
    const matrix = tied.map(([, row]) => columns.map((column) => row.get(column) ?? 0));
    columns.forEach((column, position) => {
      const moves = movesOf(matrix, position).map(
        (move) => new Map(columns.map((each, i) => [choices[each]!, move[i]!])),
      );
      found.set(choices[column]!, moves);
    });
  }
  return found;
}

/** Columns in groups that share rows. */
function connected(
  count: number,
  rows: ReadonlyMap<string, ReadonlyMap<number, number>>,
): number[][] {
  const group = Array.from({ length: count }, (_, column) => [column]);
  for (const row of rows.values()) {
    const groups = new Set([...row.keys()].map((column) => group[column]!));
    if (groups.size < 2) continue;
    const merged = [...groups].flat();
    merged.forEach((column) => (group[column] = merged));
  }
  return [...new Set(group)];
}

function movesOf(matrix: readonly (readonly number[])[], position: number): number[][] {
  const n = matrix[0]?.length ?? 0;
  const transposed = Array.from({ length: n }, (_, j) => matrix.map((row) => row[j]!));
  const gram = transposed.map((a) => transposed.map((b) => dot(a, b)));
  const scale = Math.max(...gram.map((row, i) => row[i]!));
  if (!(scale > 0 && Number.isFinite(scale))) return [];
  gram.forEach((row, i) => (row[i]! += scale * regularization));
  const unit = gram.map((_, i) => (i === position ? 1 : 0));
  const cheap = solveDense(gram, unit);
  if (!cheap) return [];
  const signs = matrix.map((row) => Math.sign(dot(row, cheap)));
  const corner = solveDense(
    gram,
    transposed.map((column) => dot(column, signs)),
  );
  return [cheap, ...(corner ? [corner] : [])].flatMap((move) => normalized(move, position));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** None where the value itself does not move with the others. */
function normalized(move: readonly number[], position: number): number[][] {
  const largest = Math.max(...move.map(Math.abs));
  const own = move[position]! / largest;
  return Number.isFinite(own) && Math.abs(own) > 2 ** -20
    ? [move.map((x) => (x / largest) * Math.sign(own))]
    : [];
}
