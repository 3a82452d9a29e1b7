/**
 * The two models: their layouts, the types that they are published in, and their fc1 matrices, 28.3 million weights each.
 */
import type { Dtype } from '../../../compiler/files/index.ts';
import { optShapes, vitShapes, type Shapes } from './shapes.ts';

export interface FullModel {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shapes: Shapes;
  /** The first matrix of each MLP. */
  readonly fc1: RegExp;
}

export const models = {
  vit: {
    name: 'google/vit-base-patch16-224',
    dtype: 'F32',
    shapes: vitShapes(),
    fc1: /\.intermediate\.dense\.weight$/,
  },
  opt: {
    name: 'facebook/opt-125m',
    dtype: 'F16',
    shapes: optShapes(),
    fc1: /\.fc1\.weight$/,
  },
} as const satisfies Readonly<Record<string, FullModel>>;

/** Names of the fc1 matrices of the first layers, in the model's order; of all of them by default. */
export const fc1Names = ({ shapes, fc1 }: FullModel, layers = Infinity): string[] =>
  shapes
    .map(([name]) => name)
    .filter((name) => fc1.test(name))
    .slice(0, layers);
