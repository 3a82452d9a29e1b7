// What a step costs and guarantees, from its circuit: rows, and the derived ε.
import { rowsOf, tilesNeeded } from '../../../../stdlib/apex/circuit/capacity.ts';
import { blocksOf, deal } from '../../../../stdlib/apex/circuit/layout.ts';
import type { StepSpec } from '../../../../stdlib/apex/circuit/tile.ts';
import { deriveEpsilon } from '../../../../stdlib/apex/epsilon.ts';
import type { Scope } from '../../../../stdlib/apex/model/index.ts';
import { coverage, randomMask } from '../../costs/masks.ts';
import { json } from '../runner/codec.ts';
import { unit, type Unit } from '../runner/unit.ts';
import { stepIdentity } from './step-identity.ts';

export interface Cost {
  /** Of a touched block, in the tiles of a random mask of 4 %. */
  readonly rows: number;
  /** A bound on the 2-norm of how far a proved block can be from the exact step. */
  readonly epsilon: number;
}

/** Weights of the mask by which rows are counted. */
const sampled: Scope['tensors'] = [{ name: 'sampled', shape: [64, 768], orientation: 'out-in' }];

export const costOf = (spec: StepSpec): Unit<Cost> =>
  unit({
    title: `rows of ${spec.form}, blocks of ${spec.size}`,
    kind: 'rows',
    version: 3,
    settings: stepIdentity(spec),
    seconds: 2,
    codec: json<Cost>(),
    run: async () => {
      const { touched } = coverage(randomMask(0.04, sampled), spec.size);
      const { layout } = deal(touched, tilesNeeded(spec, touched, 16));
      const rows = rowsOf(spec, layout) / blocksOf(layout);
      return { rows, epsilon: deriveEpsilon(spec, 1).block };
    },
  });
