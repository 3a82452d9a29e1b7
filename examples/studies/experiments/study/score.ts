// The columns of the table: what one method leaves in one scenario.
import { accuracyOf, lossesOf, mean } from '../measures/accuracy.ts';
import { attackByLoss, type Attack } from '../measures/attack.ts';
import { meanDivergence } from '../measures/divergence.ts';
import { firstExamples, type Examples } from '../learning/examples.ts';
import { predict } from '../learning/predict.ts';
import { json, tensors } from '../runner/codec.ts';
import { unit, type Unit } from '../runner/unit.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';
import type { Details, Method } from './method.ts';
import type { Scenario } from './scenario.ts';

/** On one set. */
export interface Quality {
  readonly accuracy: number;
  /** Mean over the places, in nats; its exponential is the perplexity. */
  readonly loss: number;
}

export interface Score {
  readonly forget: Quality;
  readonly personal: Quality;
  readonly retain: Quality;
  readonly attack: Attack;
  /** Mean over the exact models; absent where there is none but the model itself. */
  readonly alignment?: { readonly forget: number; readonly personal: number };
  /** Of the method, without the measures and without what it reads. */
  readonly seconds: number;
  readonly details: Details;
}

/** The sets of eq. 3. */
const aligned = ['forget', 'personal'] as const;

/** Examples of D_p that alignment is measured on. */
const sample = 400;

export function score(scenario: Scenario, method: Method): Unit<Score> {
  const own = method.needs(scenario);
  const references = scenario.exact
    .filter((each) => !own.includes(each))
    .map((each, i) => exactPredictions(scenario, each, i));
  return unit({
    title: `${scenario.title}: ${method.title}`,
    kind: `score of ${method.title}`,
    version: 1,
    settings: { scenario: scenario.identity, method: method.settings },
    needs: [...own, ...references],
    seconds: 4,
    codec: json<Score>(),
    run: async (results) => {
      const start = performance.now();
      const { weights, details = {} } = await method.run(scenario, results);
      const seconds = (performance.now() - start) / 1000;
      const data = await scenario.data();
      const { learner } = scenario;
      const on = (set: Examples): Promise<Float32Array> => predict(learner, weights, set);
      const forget = await on(data.forget);
      const quality = (predictions: Float32Array, set: Examples): Quality => ({
        accuracy: accuracyOf(predictions, set),
        loss: mean(lossesOf(predictions, set)),
      });
      const others = await Promise.all(references.map((each) => results(each)));
      const predictions = { forget, personal: await on(alignedSet(data.personal)) };
      const alignment = (set: (typeof aligned)[number]): number =>
        mean(
          others.map((each) =>
            meanDivergence(predictions[set], each.get(set)!.data, learner.classes),
          ),
        );
      return {
        forget: quality(forget, data.forget),
        personal: quality(await on(data.personalTest), data.personalTest),
        retain: quality(await on(data.retainTest), data.retainTest),
        attack: attackByLoss(
          lossesOf(forget, data.forget),
          lossesOf(await on(data.heldOut), data.heldOut),
        ),
        ...(others.length > 0
          ? { alignment: { forget: alignment('forget'), personal: alignment('personal') } }
          : {}),
        seconds,
        details,
      };
    },
  });
}

const alignedSet = (set: Examples): Examples => firstExamples(set, sample);

/** What an exact model says of D_f and D_p. */
function exactPredictions(scenario: Scenario, model: Unit<Weights>, number: number): Unit<Weights> {
  return unit({
    title: `${scenario.title}: predictions of exact model ${number + 1}`,
    kind: 'predictions',
    version: 1,
    settings: { scenario: scenario.identity, sample },
    needs: [model],
    seconds: 3,
    codec: tensors,
    run: async (results) => {
      const weights = await results(model);
      const data = await scenario.data();
      const predictions: Weights = new Map();
      for (const name of aligned) {
        const set = name === 'personal' ? alignedSet(data.personal) : data.forget;
        const values = await predict(scenario.learner, weights, set);
        predictions.set(name, { shape: [values.length], data: values });
      }
      return predictions;
    },
  });
}
