// The circuit of a tile of a link: in each of its blocks, the weights of a new registration are θ_u of the old one.
//   z = Σ_{i ∈ S} R_i ν_i,   θ_new(j) = clamp ⌊θ_j − R_j · z⌉ for each linked entry j;   θ_new(j) = θ_j where S is empty
// θ, R and ν are those of the old registration: its leaves at S and at j, and the commitment c_b that was accepted for its block. Public
// are the context, these leaves and c_b, and the new leaves at j. That ν solves K_SS ν = θ_S was proved for the accepted bundle.
import { circuit, field, type Circuit, type Tensor } from '../../../dsl/index.ts';
import { unlearnedByColumns } from '../../group-obs/unlearned.ts';
import { placesOf, type Layout, type TileKind } from '../circuit/layout.ts';
import { columnPorts, multiplierPorts, openColumns, openMultipliers } from '../circuit/openings.ts';
import { beside, rowsAt, tables } from '../circuit/tables.ts';
import type { StepSpec } from '../step/index.ts';
import { compareLinkShapes, linkKey, type LinkShape } from './shape.ts';

/** Names of the tile's tensors. */
export const ports = {
  context: 'context',
  bound: 'bound',
  old: columnPorts('old-'),
  new: columnPorts('new-'),
  ...multiplierPorts,
} as const;

export function linkCircuit(spec: StepSpec, layout: Layout<LinkShape>): Circuit {
  return circuit('apex-link', {}, (c) => {
    c.public(ports.context, field, [1]).expose(ports.bound);
    const places = placesOf(layout);
    const before = tables(
      places.flatMap(({ live, linked }) => [...live, ...linked]),
      (length, count) => openColumns(c, spec, ports.old, { length, count }),
    );
    const after = tables(
      places.flatMap(({ linked }) => linked),
      (length, count) => openColumns(c, spec, ports.new, { length, count }),
    );
    const multipliers = tables(
      places.flatMap(({ live }) => (live.length > 0 ? [live.length] : [])),
      (k, count) => openMultipliers(c, spec, { k, count }),
    );
    for (const { shape, blocks } of layout) {
      const { live, linked } = shape;
      const k = live.length;
      const rows = Array.from({ length: blocks }, () => ({
        live: live.map((length) => before.next(length)),
        linked: linked.map((length) => before.next(length)),
        new: linked.map((length) => after.next(length)),
        multipliers: k > 0 ? multipliers.next(k) : -1,
      }));
      const rootsAt = (of: 'live' | 'linked'): Tensor[] =>
        shape[of].map((length, slot) =>
          rowsAt(
            before.of(length).root,
            rows.map((each) => each[of][slot]!),
          ),
        );
      const weightsAt = (table: typeof before, of: 'linked' | 'new'): Tensor =>
        beside(
          linked.map((length, slot) =>
            rowsAt(
              table.of(length).weight,
              rows.map((each) => each[of][slot]!),
            ),
          ),
        );
      const weights = weightsAt(before, 'linked');
      const unlearned =
        k === 0
          ? weights
          : unlearnedByColumns({
              masked: rootsAt('live'),
              multipliers: rowsAt(
                multipliers.of(k),
                rows.map((each) => each.multipliers),
              ),
              columns: rootsAt('linked'),
              weights,
            });
      weightsAt(after, 'new').sub(unlearned).assertZero();
    }
  });
}

export const linkTiles: TileKind<LinkShape> = {
  circuit: linkCircuit,
  key: linkKey,
  compare: compareLinkShapes,
  describe: ({ live, linked }) =>
    `a block with ${live.length} masked and ${linked.length} linked weights`,
};
