// Rows that a mask takes, by purpose and by op: its blocks are dealt out as a client deals them, and every circuit is recorded.
import {
  attributeRows,
  rowsByPurpose,
  type Part,
  type Purpose,
} from '../../../compiler/profile/attribution.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { deal, tileCount } from '../../../stdlib/apex/circuit/deal.ts';
import type { Shape } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import type { StepSpec } from '../../../stdlib/apex/step/index.ts';

export interface MaskRows {
  /** Of one touched block: the rows of all tiles, by the touched blocks. */
  readonly rows: number;
  readonly byPurpose: Readonly<Record<Purpose, number>>;
  readonly parts: readonly Part[];
  readonly tiles: number;
  /** Layouts, each a circuit of its own. */
  readonly circuits: number;
  /** The part of all tiles' rows that stays empty. */
  readonly empty: number;
}

/** Rows of the tiles as a power of two. */
export const dealtLog = 15;

export function maskRows(spec: StepSpec, shapes: readonly Shape[], log = dealtLog): MaskRows {
  const sets = deal(spec, shapes, log);
  const parts = new Map<string, Part>();
  let all = 0;
  for (const { layout, tiles } of sets) {
    const recorded = attributeRows(compileCircuit(tileCircuit(spec, layout)));
    const share = tiles.length / shapes.length;
    all += recorded.rows * tiles.length;
    for (const part of recorded.parts) {
      const key = `${part.op} ${part.kind} ${part.purpose}`;
      const rows = (parts.get(key)?.rows ?? 0) + part.rows * share;
      parts.set(key, { ...part, rows });
    }
  }
  const rows = all / shapes.length;
  const sorted = [...parts.values()].sort((a, b) => b.rows - a.rows);
  const tiles = tileCount(sets);
  return {
    rows,
    parts: sorted,
    byPurpose: rowsByPurpose({ rows, parts: sorted }),
    tiles,
    circuits: sets.length,
    empty: 1 - all / (tiles * 2 ** log),
  };
}
