// Gradients that several methods share, computed once for a scenario.
import type { ExampleGradients } from '../../../../stdlib/apex/reference/index.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';
import { firstExamples } from '../learning/examples.ts';
import {
  exampleGradients,
  gradientStatistics,
  type GradientStatistics,
} from '../learning/gradients.ts';
import { tensors, type Codec } from '../runner/codec.ts';
import { unit, type Unit } from '../runner/unit.ts';
import type { Data, Scenario } from './scenario.ts';

/** Examples whose gradients a mean is over; more change the ranking of weights little. */
export const sample = 600;

/** Gradients of the client that are kept; methods take the first of them. */
export const clientGradientCount = 512;

/** Of the loss of θ_0 or θ_p on the first `examples` of one of the sets. */
export function statistics(
  scenario: Scenario,
  model: 'global' | 'personal',
  set: keyof Data,
  examples = sample,
): Unit<GradientStatistics> {
  return unit({
    title: `${scenario.title}: gradients of the ${model} model on ${set}`,
    kind: 'statistics',
    version: 1,
    settings: { sample: examples, set, scenario: scenario.identity },
    needs: [scenario[model]],
    seconds: 8,
    codec: statisticsCodec,
    run: async (results) =>
      gradientStatistics(
        scenario.learner,
        await results(scenario[model]),
        firstExamples((await scenario.data())[set], examples),
      ),
  });
}

/** Of θ_p on the first examples of D_p. */
export function clientGradients(scenario: Scenario): Unit<ExampleGradients> {
  return unit({
    title: `${scenario.title}: gradients of the client`,
    kind: 'client gradients',
    version: 1,
    settings: { count: clientGradientCount, scenario: scenario.identity },
    needs: [scenario.personal],
    seconds: 8,
    codec: gradientsCodec,
    run: async (results) =>
      exampleGradients(
        scenario.learner,
        await results(scenario.personal),
        firstExamples((await scenario.data()).personal, clientGradientCount),
      ),
  });
}

const statisticsCodec: Codec<GradientStatistics> = {
  extension: tensors.extension,
  write: (file, { mean, fisher }) =>
    tensors.write(
      file,
      new Map([
        ...[...mean].map(([name, each]) => [`mean/${name}`, each] as const),
        ...[...fisher].map(([name, each]) => [`fisher/${name}`, each] as const),
      ]),
    ),
  read: async (file) => {
    const all = await tensors.read(file);
    const part = (prefix: string): Weights =>
      new Map(
        [...all]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, each]) => [name.slice(prefix.length), each]),
      );
    return { mean: part('mean/'), fisher: part('fisher/') };
  },
};

const gradientsCodec: Codec<ExampleGradients> = {
  extension: tensors.extension,
  write: (file, rows) =>
    tensors.write(
      file,
      new Map(
        [...rows].map(([name, each]) => {
          const length = each[0]!.length;
          const data = new Float32Array(each.length * length);
          each.forEach((row, i) => data.set(row, i * length));
          return [name, { shape: [each.length, length], data }];
        }),
      ),
    ),
  read: async (file) =>
    new Map(
      [...(await tensors.read(file))].map(([name, { shape, data }]) => {
        const [count, length] = shape as [number, number];
        const row = (i: number): Float32Array => data.subarray(i * length, (i + 1) * length);
        return [name, Array.from({ length: count }, (_, i) => row(i))];
      }),
    ),
};
