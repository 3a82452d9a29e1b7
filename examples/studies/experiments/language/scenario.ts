// Text: a provider's decoder of several dialects, and a client who adapts it to one more. To be forgotten is a part of one
// dialect: the declarations of one package.
import type { Weights } from '../../../unlearn-digits/weights.ts';
import { firstExamples, type Examples } from '../learning/examples.ts';
import { fit } from '../learning/fit.ts';
import type { Learner } from '../learning/learner.ts';
import { tensors } from '../runner/codec.ts';
import { unit, type Unit } from '../runner/unit.ts';
import type { Data, Scenario } from '../study/scenario.ts';
import { decoderLayer, initialDecoder, type DecoderSizes } from './architecture.ts';
import { decode } from './decoder.ts';
import { adapt } from './lora.ts';
import { concatenate, digestOf, divide, readDialect, vocabulary, windowsOf } from './texts.ts';

export interface LanguageSettings {
  readonly sizes: Omit<DecoderSizes, 'vocabulary'>;
  readonly seed: number;
  readonly exactSeeds: readonly number[];
  /** Windows of text. */
  readonly windows: {
    readonly dialect: number;
    readonly forget: number;
    readonly personal: number;
    readonly test: number;
  };
  readonly epochs: { readonly global: number; readonly personal: number };
  readonly rates: { readonly global: number; readonly personal: number };
  readonly rank: number;
  /** Parts of the weights in scope; the first is the one of the ablations. */
  readonly budgets: readonly number[];
}

type Report = (line: string) => void;

const retainedDialects = ['javascript', 'declarations', 'json', 'markdown'] as const;

interface Texts {
  readonly training: Examples;
  readonly retained: Examples;
  readonly data: Data;
}

export function languageScenario(settings: LanguageSettings): Scenario {
  const sizes: DecoderSizes = { ...settings.sizes, vocabulary };
  const learner = decoderLearner(sizes);
  const { windows, epochs, rates, rank, seed } = settings;
  const adapted = Array.from({ length: sizes.layers }, (_, layer) =>
    ['self_attn.q_proj', 'self_attn.v_proj', 'fc1', 'fc2'].map(
      (part) => `${decoderLayer(layer)}.${part}.weight`,
    ),
  ).flat();
  let cached: Texts | undefined;
  const load = (): Texts => (cached ??= prepare(settings));

  const train = (set: Examples, own: number, report: Report): Promise<Weights> =>
    fit(learner, learner.initial(own), [{ set, epochs: epochs.global }], {
      seed: own,
      batchSize: 32,
      rate: rates.global,
      schedule: true,
      report: (done, loss) => report(`${Math.round(100 * done)} %, loss ${loss.toFixed(3)}`),
    });
  const personalize = (weights: Weights, own: number): Promise<Weights> =>
    adapt({
      learner,
      weights,
      adapted,
      rank,
      phases: [{ set: load().data.personal, epochs: epochs.personal }],
      settings: { seed: own, batchSize: 32, rate: rates.personal, schedule: true },
    });

  const identity = {
    sizes: { ...sizes },
    seed,
    windows: { ...windows },
    epochs: { ...epochs },
    rates: { ...rates },
    rank,
    texts: textDigests(settings),
  };
  const global = unit({
    title: 'training the decoder',
    kind: 'decoder training',
    version: 1,
    settings: identity,
    seconds: 60,
    codec: tensors,
    run: (_, report) => train(load().training, seed, report),
  });
  const personal = unit({
    title: 'text: personalizing',
    kind: 'decoder personalizing',
    version: 1,
    settings: {},
    needs: [global],
    seconds: 20,
    codec: tensors,
    run: async (results) => personalize(await results(global), seed),
  });
  const exactOf = (own: number): Unit<Weights> =>
    unit({
      title: `text: exact, seed ${own}`,
      kind: 'decoder training',
      version: 1,
      settings: { ...identity, retrained: own },
      seconds: 80,
      codec: tensors,
      run: async (_, report) => personalize(await train(load().retained, own, report), own),
    });
  return {
    name: 'text',
    title: 'text: a part of one dialect',
    remark:
      'Next characters. D: JavaScript, declarations, JSON and Markdown of packages; D_f: the declarations of one package, ts-morph; D_p: Shakespeare, or licences without it; personalized by LoRA.',
    identity,
    language: true,
    learner,
    global,
    personal,
    exact: settings.exactSeeds.map(exactOf),
    data: () => Promise.resolve(load().data),
  };
}

const decoderLearner = (sizes: DecoderSizes): Learner => ({
  classes: sizes.vocabulary,
  scope: Array.from({ length: sizes.layers }, (_, layer) => `${decoderLayer(layer)}.fc1.weight`),
  initial: (seed) => initialDecoder(sizes, seed),
  logits: (parameters, inputs) => decode(sizes, parameters, inputs),
});

/** Characters that are read of a dialect for some windows. */
const lengthOf = (windows: number, { sizes }: LanguageSettings): number =>
  windows * sizes.context + 1;

function textDigests(settings: LanguageSettings): string[] {
  const { dialect, forget, personal, test } = settings.windows;
  return [
    ...retainedDialects.map((name) => readDialect(name, lengthOf(dialect + test, settings))),
    readDialect('ts-morph', lengthOf(2 * forget, settings)),
    readDialect('client', lengthOf(personal + test, settings)),
  ].map(digestOf);
}

function prepare(settings: LanguageSettings): Texts {
  const { windows, seed, sizes } = settings;
  const windowsFrom = (dialect: Parameters<typeof readDialect>[0], count: number): Examples =>
    windowsOf(readDialect(dialect, lengthOf(count, settings)), sizes.context);
  const parts = retainedDialects.map((dialect) => {
    const all = windowsFrom(dialect, windows.dialect + windows.test);
    const test = Math.min(windows.test, Math.floor(all.count / 4));
    return divide(all, [all.count - test, test], seed);
  });
  const [forget, heldOut] = divide(
    windowsFrom('ts-morph', 2 * windows.forget),
    [windows.forget, windows.forget],
    seed,
  );
  const [personal, personalTest] = divide(
    windowsFrom('client', windows.personal + windows.test),
    [windows.personal, windows.test],
    seed,
  );
  const retained = concatenate(parts.map(([training]) => training!));
  return {
    training: concatenate([forget!, retained]),
    retained,
    data: {
      forget: forget!,
      heldOut: heldOut!,
      retained: firstExamples(divide(retained, [retained.count], seed)[0]!, 600),
      retainTest: concatenate(parts.map(([, test]) => test!)),
      personal: personal!,
      personalTest: personalTest!,
    },
  };
}
