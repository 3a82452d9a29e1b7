// What a step costs and guarantees, from its circuit: rows, and the derived ε.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { openLayout } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit, type StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import { deriveEpsilon } from '../../../stdlib/apex/epsilon.ts';
import { json } from '../runner/codec.ts';
import { unit, type Unit } from '../runner/unit.ts';
import { stepIdentity } from './step-identity.ts';

export interface Cost {
  /** Rows of one more block in a tile, without the tile's fixed part. */
  readonly rows: number;
  /** A bound on the 2-norm of how far a proved block can be from the exact step. */
  readonly epsilon: number;
}

export const costOf = (spec: StepSpec): Unit<Cost> =>
  unit({
    title: `rows of ${spec.form}, blocks of ${spec.size}`,
    kind: 'rows',
    version: 1,
    settings: stepIdentity(spec),
    seconds: 2,
    codec: json<Cost>(),
    run: async () => {
      const rows = (blocks: number): number =>
        totalRows(countRows(compileCircuit(tileCircuit(spec, openLayout(blocks))).system));
      return { rows: (rows(3) - rows(1)) / 2, epsilon: deriveEpsilon(spec, 1).block };
    },
  });
