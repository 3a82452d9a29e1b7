// The circuit of a tile: for each of its blocks, K_SS ν = θ_S within τ, for the columns of R and the weights θ_S of registered leaves
// and the committed multipliers ν. Public are the context, the leaf of each live column, and c_b of each block. The context names
// client and window. Columns of one length stand in one tensor, in the order of the blocks and of their entries; so do the multipliers
// of blocks that have as many.
import { circuit, field, type Circuit } from '../../../dsl/index.ts';
import { assertGroupObsByColumns } from '../../group-obs/columns.ts';
import { floor, type StepSpec } from '../step/index.ts';
import { compareShapes, placesOf, type Layout, type Shape, type TileKind } from './layout.ts';
import { columnPorts, multiplierPorts, openColumns, openMultipliers } from './openings.ts';
import { beside, rowsAt, tables } from './tables.ts';

/** Names of the tile's tensors: of columns of a length, and of blocks with k multipliers. */
export const ports = {
  context: 'context',
  bound: 'bound',
  ...columnPorts(),
  ...multiplierPorts,
} as const;

export function tileCircuit(spec: StepSpec, layout: Layout): Circuit {
  return circuit('apex-tile', {}, (c) => {
    // The transcript of the proof absorbs it; exposing it says that it is passed through.
    c.public(ports.context, field, [1]).expose(ports.bound);
    const places = placesOf(layout);
    const columns = tables(places.flat(), (length, count) =>
      openColumns(c, spec, ports, { length, count }),
    );
    const multipliers = tables(
      places.map(({ length }) => length),
      (k, count) => openMultipliers(c, spec, { k, count }),
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

export const unlearningTiles: TileKind<Shape> = {
  circuit: tileCircuit,
  key: (shape) => shape.join(),
  compare: compareShapes,
  describe: ({ length }) => `a block with ${length} masked weights`,
};
