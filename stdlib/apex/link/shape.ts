// The shape of a block in a link: all that its circuit depends on.
import { compareShapes, shapeOf, type Shape } from '../circuit/layout.ts';
import type { LinkBlock } from './blocks.ts';

export interface LinkShape {
  /** Lengths of the columns in S, in the order of their entries. */
  readonly live: Shape;
  /** Lengths of the columns of the linked weights; at least one. */
  readonly linked: Shape;
}

/** For a block of at most `size` weights. */
export const linkShapeOf = (
  size: number,
  { live, linked }: Pick<LinkBlock, 'live' | 'linked'>,
): LinkShape => ({ live: shapeOf(size, live), linked: shapeOf(size, linked) });

export const linkKey = ({ live, linked }: LinkShape): string => `${live.join()}/${linked.join()}`;

/** As shapes are compared: first the linked columns, which cost more. */
export const compareLinkShapes = (a: LinkShape, b: LinkShape): number =>
  compareShapes(a.linked, b.linked) || compareShapes(a.live, b.live);
