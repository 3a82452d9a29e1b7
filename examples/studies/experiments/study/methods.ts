// The rows of the table.
import { unlearn, type Masks, type NamedTensors } from '../../../../stdlib/apex/reference/index.ts';
import type { StepSpec } from '../../../../stdlib/apex/step/index.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';
import { dampen } from '../methods/dampening.ts';
import { unlearnFixed } from '../methods/fixed-point.ts';
import { gradientAscent } from '../methods/gradient-ascent.ts';
import { clearMasked } from '../methods/mask.ts';
import { perturb } from '../methods/perturb.ts';
import { scrub } from '../methods/scrub.ts';
import { curvatureOf, type CurvatureOptions } from './curvature.ts';
import { maskOf, maskUnits, type MaskOptions } from './masks.ts';
import type { Method } from './method.ts';
import type { Scenario } from './scenario.ts';
import { stepIdentity } from './step-identity.ts';
import { clientGradients, statistics } from './statistics.ts';

const seed = 5;

export const before: Method = {
  title: 'before',
  settings: { method: 'before' },
  needs: ({ personal }) => [personal],
  run: async ({ personal }, results) => ({ weights: await results(personal) }),
};

/** The exact model of one seed. */
export const exact = (number: number): Method => ({
  title: 'exact',
  settings: { method: 'exact', number },
  needs: (scenario) => [scenario.exact[number]!],
  run: async (scenario, results) => ({ weights: await results(scenario.exact[number]!) }),
});

export const ascent = (rate: number): Method => ({
  title: 'gradient ascent, 1 epoch',
  settings: { method: 'ascent', rate, seed },
  needs: ({ personal }) => [personal],
  run: async (scenario, results) => {
    const { forget } = await scenario.data();
    const weights = await results(scenario.personal);
    return {
      weights: await gradientAscent({ learner: scenario.learner, weights, forget, seed, rate }),
    };
  },
});

export const scrubbing = (rate: number): Method => ({
  title: 'SCRUB, 1 epoch',
  settings: { method: 'scrub', rate, seed },
  needs: ({ personal }) => [personal],
  run: async (scenario, results) => {
    const { forget, personal } = await scenario.data();
    const weights = await results(scenario.personal);
    const { learner } = scenario;
    return { weights: await scrub({ learner, weights, forget, personal, seed, rate }) };
  },
});

export const dampening = (selection: number): Method => {
  const units = (scenario: Scenario) =>
    [
      statistics(scenario, 'personal', 'forget'),
      statistics(scenario, 'personal', 'personal'),
    ] as const;
  return {
    title: 'selective synaptic dampening',
    settings: { method: 'dampening', selection },
    needs: (scenario) => [scenario.personal, ...units(scenario)],
    run: async (scenario, results) => {
      const [forget, kept] = units(scenario);
      return {
        weights: dampen({
          weights: await results(scenario.personal),
          forget: (await results(forget)).fisher,
          kept: (await results(kept)).fisher,
          selection,
          strength: 1,
        }),
      };
    },
  };
};

export const maskOnly = (mask: MaskOptions): Method => ({
  title: 'mask only',
  settings: { method: 'mask-only', mask: { ...mask } },
  needs: (scenario) => [scenario.personal, ...maskUnits(scenario, mask)],
  run: async (scenario, results) => ({
    weights: clearMasked(await results(scenario.personal), await maskOf(scenario, mask, results)),
  }),
});

export const apex = (
  mask: MaskOptions,
  curvature: CurvatureOptions & { readonly blockSize: number },
): Method => ({
  title: 'ZK-APEX, float',
  settings: { method: 'apex', mask: { ...mask }, curvature: { ...curvature } },
  needs: (scenario) => [scenario.personal, ...maskUnits(scenario, mask), clientGradients(scenario)],
  run: async (scenario, results) => {
    const weights = await results(scenario.personal);
    const masks = await maskOf(scenario, mask, results);
    const { gradients, damping } = await curvatureOf(scenario, curvature, results);
    const { blockSize } = curvature;
    const { weights: after, blocks } = unlearn({ weights, masks, gradients, blockSize, damping });
    const touched = blocks.filter(({ masked }) => masked > 0).length;
    return { weights: singles(after), details: { touched, blocks: blocks.length, damping } };
  },
});

export const apexFixed = (
  mask: MaskOptions,
  curvature: CurvatureOptions,
  spec: StepSpec,
): Method => ({
  title: 'ZK-APEX, fixed point',
  settings: {
    method: 'apex-fixed',
    mask: { ...mask },
    curvature: { ...curvature },
    step: stepIdentity(spec),
  },
  needs: (scenario) => [scenario.personal, ...maskUnits(scenario, mask), clientGradients(scenario)],
  run: async (scenario, results) => {
    const weights = await results(scenario.personal);
    const masks = await maskOf(scenario, mask, results);
    const { gradients, damping } = await curvatureOf(scenario, curvature, results);
    const { weights: after, ...counts } = unlearnFixed({
      weights,
      masks,
      gradients,
      damping,
      spec,
    });
    const float = unlearn({ weights, masks, gradients, blockSize: spec.size, damping });
    const distance = largestDistance(float.weights, after, masks);
    return { weights: after, details: { ...counts, damping, distance } };
  },
});

/** The float step, and then as far from it as ε allows, in a random direction. */
export const apexWithin = (
  mask: MaskOptions,
  curvature: CurvatureOptions & { readonly blockSize: number },
  distance: number,
): Method => {
  const step = apex(mask, curvature);
  return {
    title: `ZK-APEX, ε = ${distance}`,
    settings: { method: 'apex-within', step: step.settings, distance, seed },
    needs: step.needs,
    run: async (scenario, results) => {
      const { weights } = await step.run(scenario, results);
      const masks = await maskOf(scenario, mask, results);
      const { blockSize } = curvature;
      return { weights: perturb({ weights, masks, blockSize, distance, seed }) };
    },
  };
};

const singles = (weights: NamedTensors): Weights =>
  new Map(
    [...weights].map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], data: Float32Array.from(data) },
    ]),
  );

function largestDistance(a: NamedTensors, b: NamedTensors, masks: Masks): number {
  let largest = 0;
  for (const name of masks.keys())
    a.get(name)!.data.forEach((value: number, i: number) => {
      largest = Math.max(largest, Math.abs(value - b.get(name)!.data[i]!));
    });
  return largest;
}
