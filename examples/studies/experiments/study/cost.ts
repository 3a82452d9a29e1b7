// Cost and guarantee of a step: rows of its circuit, and the derived ε.
import { totalRows } from '../../../../compiler/constraints/rows.ts';
import { typicalTile } from '../../../../stdlib/apex/explore/typical-tile.ts';
import { blockEpsilon, type StepSpec } from '../../../../stdlib/apex/step/index.ts';
import { json } from '../runner/codec.ts';
import { unit, type Unit } from '../runner/unit.ts';
import { stepIdentity } from './step-identity.ts';

export interface Cost {
  /** For a touched block, in a tile of a random mask of 4 %. */
  readonly rows: number;
  /** A bound on the 2-norm of how far a proved block can be from the exact step. */
  readonly epsilon: number;
}

export const costOf = (spec: StepSpec): Unit<Cost> =>
  unit({
    title: `rows of blocks of ${spec.size}`,
    kind: 'rows',
    version: 4,
    settings: stepIdentity(spec),
    seconds: 2,
    codec: json<Cost>(),
    run: async () => {
      const { blocks, counts } = typicalTile(spec, 0.04, 14);
      return { rows: totalRows(counts) / blocks, epsilon: blockEpsilon(spec, spec.size) };
    },
  });
