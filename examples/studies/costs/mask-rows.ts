// Rows that a mask takes of a touched block, by purpose and by op: its blocks are dealt out as a client deals them, and the
// tile that they fill is recorded.
import {
  attributeRows,
  rowsByPurpose,
  type Part,
  type Purpose,
} from '../../../compiler/profile/attribution.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { rowsOf, tilesNeeded } from '../../../stdlib/apex/circuit/capacity.ts';
import { blocksOf, deal, openLayout, type Layout } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit, type StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import type { TouchedBlock } from '../../../stdlib/apex/documents/mask.ts';

export interface MaskRows {
  /** Of one touched block: the rows of all tiles, by the touched blocks. */
  readonly rows: number;
  readonly byPurpose: Readonly<Record<Purpose, number>>;
  readonly parts: readonly Part[];
  /** The part of the places in a tile whose mask is part of the circuit. */
  readonly known: number;
}

/** A block that is too large to be recorded, with its rows as sizes below it let expect. */
export interface SkippedRows {
  readonly skipped: string;
  readonly expected: number;
}

export const isSkipped = (rows: MaskRows | SkippedRows): rows is SkippedRows => 'skipped' in rows;

/** Rows of the largest circuit that is recorded. */
export const recordingLimit = 2 ** 19;

/** Of tiles that are dealt, as a power of two. */
export const dealtLog = 15;

export function maskRows(
  spec: StepSpec,
  touched: readonly TouchedBlock[],
  limit = recordingLimit,
): MaskRows | SkippedRows {
  const expected = expectedRows(spec);
  if (expected > limit)
    return {
      skipped: `a block is more than ${Math.floor(expected / 1000)} thousand rows, and ${limit} are recorded`,
      expected,
    };
  const { layout, tiles } = dealt(spec, touched);
  const recorded = attributeRows(compileCircuit(tileCircuit(spec, layout)));
  const share = tiles / touched.length;
  const parts = recorded.parts.map((part) => ({ ...part, rows: part.rows * share }));
  const rows = recorded.rows * share;
  const known = 1 - layout.open / blocksOf(layout);
  return { rows, parts, byPurpose: rowsByPurpose({ rows, parts }), known };
}

/** The layout of all tiles. Where a tile holds fewer than two blocks, one stands for itself, whatever its mask. */
function dealt(
  spec: StepSpec,
  touched: readonly TouchedBlock[],
): { layout: Layout; tiles: number } {
  if (2 * rowsOf(spec, openLayout(1)) > 2 ** dealtLog)
    return { layout: openLayout(1), tiles: touched.length };
  const tiles = tilesNeeded(spec, touched, dealtLog);
  return { layout: deal(touched, tiles).layout, tiles };
}

/** Sizes by whose rows the growth is told. */
const [smaller, larger] = [24, 48];
const known = new Map<string, readonly [number, number]>();

/** Of one block, by the power with which rows grow between small ones. Powers rise with size, so that it is rather too low. */
function expectedRows(spec: StepSpec): number {
  if (spec.size <= larger) return 0;
  const name = JSON.stringify({ ...spec, size: 0 });
  const alone = (size: number): number => rowsOf({ ...spec, size }, openLayout(1));
  const [few, many] = known.get(name) ?? [alone(smaller), alone(larger)];
  known.set(name, [few, many]);
  const power = Math.log(many / few) / Math.log(larger / smaller);
  return many * (spec.size / larger) ** power;
}
