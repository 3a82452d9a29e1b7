/**
 * The two models: their layouts, the types that they are published in, and their fc1 matrices, 28.3 million weights each.
 */
import type { Dtype } from '../../compiler/files/index.ts';
import { optShapes, vitShapes, type Shapes } from './shapes.ts';

export interface FullModel {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shapes: Shapes;
  /** The weights in scope. */
  readonly scope: RegExp;
}

export const models = {
  vit: {
    name: 'google/vit-base-patch16-224',
    dtype: 'F32',
    shapes: vitShapes(),
    scope: /\.intermediate\.dense\.weight$/,
  },
  opt: {
    name: 'facebook/opt-125m',
    dtype: 'F16',
    shapes: optShapes(),
    scope: /\.fc1\.weight$/,
  },
} as const satisfies Readonly<Record<string, FullModel>>;
