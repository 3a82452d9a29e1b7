// Models that are known by the names of their tensors, as Hugging Face's transformers writes them.
import { FileError } from '../../../compiler/files/index.ts';
import type { Model } from './model.ts';
import { showNames, showShape } from './require.ts';
import { scopeTensor } from './scope.ts';
import type { ScopeTensor } from './scope.ts';

/** Which matrices of each MLP are in scope: `fc1` as in the paper's code, or `both` as in its text. */
export type Matrices = 'fc1' | 'both';

/** One family of models. */
export interface Layout {
  readonly name: string;
  /** A public model that has it. */
  readonly example: string;
  /** A tensor that only this family has. */
  readonly marker: RegExp;
  /** A tensor that a similar family has, and this one doesn't. */
  readonly foreign?: RegExp;
  /** Any tensor of layer (1). */
  readonly layer: RegExp;
  /** The MLP's first and second matrix of layer (1): [4·width, width] and [width, 4·width]. */
  readonly fc1: RegExp;
  readonly fc2: RegExp;
}

/** All known families. BERT has the MLP names of ViT but no patches, BART those of OPT but an encoder. */
export const layouts: readonly Layout[] = [
  {
    name: 'ViT',
    example: 'google/vit-base-patch16-224',
    marker: /^(?:vit\.)?embeddings\.patch_embeddings\.projection\.weight$/,
    layer: /^(?:vit\.)?encoder\.layer\.(\d+)\./,
    fc1: /^(?:vit\.)?encoder\.layer\.(\d+)\.intermediate\.dense\.weight$/,
    fc2: /^(?:vit\.)?encoder\.layer\.(\d+)\.output\.dense\.weight$/,
  },
  {
    name: 'OPT',
    example: 'facebook/opt-125m',
    marker: /^(?:model\.)?decoder\.embed_positions\.weight$/,
    foreign: /^(?:model\.)?encoder\./,
    layer: /^(?:model\.)?decoder\.layers\.(\d+)\./,
    fc1: /^(?:model\.)?decoder\.layers\.(\d+)\.fc1\.weight$/,
    fc2: /^(?:model\.)?decoder\.layers\.(\d+)\.fc2\.weight$/,
  },
];

/** The family of a model, if its names show one. */
export function recogniseLayout(model: Model): Layout | undefined {
  const names = [...model.tensors.keys()];
  return layouts.find(
    ({ marker, foreign }) =>
      names.some((name) => marker.test(name)) && !names.some((name) => foreign?.test(name)),
  );
}

/**
 * The MLP matrices of a model of a known family, layer by layer, fc1 before fc2.
 * @throws FileError `bad-layout` (an unknown family, a missing or doubled layer), `bad-shape`, `unknown-dtype`.
 */
export function layoutTensors(model: Model, matrices: Matrices): ScopeTensor[] {
  const layout = recogniseLayout(model);
  if (layout === undefined) throw unknownLayout(model);
  const fc1 = byLayer(model, layout, 'fc1');
  const fc2 = matrices === 'both' ? byLayer(model, layout, 'fc2') : undefined;
  const tensors = fc1.flatMap((name, layer) =>
    [name, ...(fc2 === undefined ? [] : [fc2[layer]!])].map((each) =>
      scopeTensor(model, each, 'out-in'),
    ),
  );
  checkShapes(model, layout, tensors, matrices);
  return tensors;
}

function unknownLayout(model: Model): FileError {
  const problem = `is no ${layouts.map(({ name, example }) => `${name} (${example})`).join(' and no ')} by its names: ${showNames(model.tensors.keys())}`;
  const hint =
    'say in a scope file which tensors are in scope: { "lethe": "scope", "version": 1, "tensors": ["layers.*.fc1.weight"] }';
  return new FileError({ code: 'bad-layout', file: model.path, problem, hint });
}

/** The name in layer 0, 1, …; every layer that the model has must have exactly one. */
function byLayer(model: Model, layout: Layout, matrix: 'fc1' | 'fc2'): string[] {
  const refuse = (problem: string): never => {
    const hint = `compare it with ${layout.example}, or say in a scope file which tensors are in scope`;
    throw new FileError({ code: 'bad-layout', file: model.path, problem, hint });
  };
  const found = new Map<number, string>();
  const layers = new Set<number>();
  for (const name of model.tensors.keys()) {
    const layer = layout.layer.exec(name);
    if (layer !== null) layers.add(Number(layer[1]));
    const match = layout[matrix].exec(name);
    if (match === null) continue;
    const other = found.get(Number(match[1]));
    if (other !== undefined) refuse(`both ${other} and ${name} are ${matrix} of one layer`);
    found.set(Number(match[1]), name);
  }
  if (layers.size === 0) refuse(`has no layers of ${layout.name}`);
  return Array.from(
    { length: Math.max(...layers) + 1 },
    (_, layer) => found.get(layer) ?? refuse(`layer ${layer} has no ${matrix}`),
  );
}

/** Every fc1 is shaped alike, and every fc2 is shaped like its transpose. */
function checkShapes(
  model: Model,
  layout: Layout,
  tensors: readonly ScopeTensor[],
  matrices: Matrices,
): void {
  const [rows, columns] = tensors[0]!.shape;
  tensors.forEach(({ name, shape }, number) => {
    const second = matrices === 'both' && number % 2 === 1;
    const expected = second ? [columns, rows] : [rows, columns];
    if (shape.join() === expected.join()) return;
    const problem = `shape is ${showShape(shape)}, ${showShape(expected)} is expected beside ${tensors[0]!.name}`;
    const hint = `the layers of ${layout.name} are shaped alike: name what is in scope in a scope file`;
    throw new FileError({ code: 'bad-shape', file: model.path, tensor: name, problem, hint });
  });
}
