// Rows of one Fisher block more in a tile, by purpose and by op, by recording alone.
import {
  attributeRows,
  rowsByPurpose,
  type Attribution,
  type Part,
  type Purpose,
} from '../../compiler/bench/attribution.ts';
import { compileCircuit } from '../../compiler/compile.ts';
import { tileCircuit, type StepSpec } from '../../stdlib/apex/circuit/tile.ts';

export interface BlockRows {
  /** Of one block more. Pooled range checks make it a fraction. */
  readonly rows: number;
  readonly byPurpose: Readonly<Record<Purpose, number>>;
  readonly parts: readonly Part[];
}

/** A block that is too large to be recorded, with its rows as sizes below it let expect. */
export interface SkippedRows {
  readonly skipped: string;
  readonly expected: number;
}

export const isSkipped = (rows: BlockRows | SkippedRows): rows is SkippedRows => 'skipped' in rows;

/** Rows of the largest circuit that is recorded. */
export const recordingLimit = 2 ** 19;

export function blockRows(spec: StepSpec, limit = recordingLimit): BlockRows | SkippedRows {
  const expected = expectedRows(spec);
  if (expected > limit)
    return {
      skipped: `a block is more than ${Math.floor(expected / 1000)} thousand rows, and ${limit} are recorded`,
      expected,
    };
  const attribute = (blocks: number): Attribution =>
    attributeRows(compileCircuit(tileCircuit(spec, blocks)));
  const one = attribute(1);
  // Where two are too many, one stands for itself, with the few rows that a tile has once.
  if (2 * one.rows > limit) return { ...one, byPurpose: rowsByPurpose(one) };
  const more = Math.max(1, Math.min(16, Math.floor(20_000 / one.rows)));
  const parts = difference(attribute(1 + more), one).map((part) => ({
    ...part,
    rows: part.rows / more,
  }));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  return { rows, parts, byPurpose: rowsByPurpose({ rows, parts }) };
}

/** By which the larger tile's parts exceed the smaller's. */
const difference = (larger: Attribution, smaller: Attribution): Part[] =>
  larger.parts.map((part) => ({
    ...part,
    rows: part.rows - (smaller.parts.find((other) => isSamePart(part, other))?.rows ?? 0),
  }));

const isSamePart = (a: Part, b: Part): boolean =>
  a.op === b.op && a.kind === b.kind && a.purpose === b.purpose;

/** Sizes by whose rows the growth is told. */
const [smaller, larger] = [24, 48];
const known = new Map<string, readonly [number, number]>();

/** Of one block, by the power with which rows grow between small ones. Powers rise with size, so that it is rather too low. */
function expectedRows(spec: StepSpec): number {
  if (spec.size <= larger) return 0;
  const name = JSON.stringify({ ...spec, size: 0 });
  const rowsOf = (size: number): number =>
    attributeRows(compileCircuit(tileCircuit({ ...spec, size }, 1))).rows;
  const [few, many] = known.get(name) ?? [rowsOf(smaller), rowsOf(larger)];
  known.set(name, [few, many]);
  const power = Math.log(many / few) / Math.log(larger / smaller);
  return many * (spec.size / larger) ** power;
}
