/**
 * The files that provider and client bring, of full size and full of noise: θ_0, forget statistics, θ_p, per-example gradients.
 * Written as they are made, so that none of them is ever held.
 */
import { encodeElements, streamSafetensors, type Dtype } from '../../../compiler/files/index.ts';
import type { StreamedTensor } from '../../../compiler/files/index.ts';
import { gradientNames } from '../../../stdlib/apex/model/gradient-names.ts';
import {
  clientGradients,
  forgetStatistics,
  globalModel,
  personalModel,
  type Folders,
} from '../../unlearn-digits/files.ts';
import { noise, type Noise } from './noise.ts';
import type { Shapes } from './shapes.ts';

export interface Generated {
  readonly shapes: Shapes;
  readonly dtype: Dtype;
  /** Names of those in scope; the others have no gradients. */
  readonly scope: ReadonlySet<string>;
  /** Gradients in each data set. */
  readonly examples: number;
  readonly seed: number;
}

/** Standard deviations: of the weights, of what personalizing adds to them, of a gradient. */
const deviations = { weight: 0.03, personal: 0.003, gradient: 1e-3 } as const;

/** The two models differ in the scope alone. The gradients are independent of each other and of the weights. */
export async function writeFiles(folders: Folders, generated: Generated): Promise<void> {
  const { shapes, dtype, scope, examples, seed } = generated;
  const scoped = shapes.filter(([name]) => scope.has(name));
  const base = (name: string): Noise => noise(seed, name, deviations.weight);
  const personal = (name: string): Noise => {
    if (!scope.has(name)) return base(name);
    const [own, added] = [base(name), noise(seed, `personal ${name}`, deviations.personal)];
    return () => own() + added();
  };
  const gradient = (of: string, name: string, example: number): Noise =>
    noise(seed, `${of} ${example} ${name}`, deviations.gradient);
  const each = Array.from({ length: examples }, (_, example) => example);

  const model = (values: (name: string) => Noise): StreamedTensor[] =>
    shapes.map(([name, shape]) => tensor(name, dtype, shape, [values(name)]));
  const statistic = (prefix: string, of: (g: number) => number): StreamedTensor[] =>
    scoped.map(([name, shape]) => {
      const rows = each.map((example) => gradient('forget', name, example));
      const mean = (): number => rows.reduce((sum, row) => sum + of(row()), 0) / examples;
      return tensor(prefix + name, 'F32', shape, [mean]);
    });
  const rows = scoped.map(([name, shape]) =>
    tensor(
      gradientNames.example + name,
      'BF16',
      [examples, ...shape],
      each.map((example) => gradient('client', name, example)),
    ),
  );
  const write = (file: string, tensors: StreamedTensor[]): Promise<void> =>
    streamSafetensors(file, { tensors, metadata: new Map([['format', 'pt']]) });
  await write(globalModel(folders), model(base));
  await write(personalModel(folders), model(personal));
  await write(forgetStatistics(folders), [
    ...statistic(gradientNames.mean, (g) => g),
    ...statistic(gradientNames.fisher, (g) => g * g),
  ]);
  await write(clientGradients(folders), rows);
}

const piece = 2 ** 18;

/** One run of elements after the other, all of the same length. */
function tensor(
  name: string,
  dtype: Dtype,
  shape: readonly number[],
  runs: readonly Noise[],
): StreamedTensor {
  const length = shape.reduce((count, size) => count * size, 1) / runs.length;
  return {
    name,
    dtype,
    shape,
    *bytes() {
      for (const run of runs)
        for (let at = 0; at < length; at += piece) {
          const data = Float64Array.from({ length: Math.min(piece, length - at) }, run);
          yield encodeElements({ name, dtype, data }, name);
        }
    },
  };
}
