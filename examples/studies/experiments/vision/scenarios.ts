// Digits: a provider's transformer, and a client whose digits are turned.
import type { Architecture } from '../../../unlearn-digits/architecture.ts';
import {
  loadDigits,
  splitDigits,
  type Digits,
  type SplitSizes,
} from '../../../unlearn-digits/digits.ts';
import { defaultDomain, toDomain } from '../../../unlearn-digits/domain.ts';
import { firstImages } from '../../../unlearn-digits/images.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';
import { firstExamples, ofImages, type Examples } from '../learning/examples.ts';
import { fit } from '../learning/fit.ts';
import { tensors } from '../runner/codec.ts';
import { unit, type Unit } from '../runner/unit.ts';
import type { Data, Scenario } from '../study/scenario.ts';
import {
  forgetClasses,
  forgetExamples,
  forgetWrongLabels,
  type VisionSets,
} from './forget-sets.ts';
import { visionLearner } from './learner.ts';

export interface VisionSettings {
  readonly architecture: Architecture;
  /** How many digits, and how they are split; all 10,000 when left out. */
  readonly digits?: number;
  readonly split: SplitSizes;
  readonly seed: number;
  /** The highest learning rates. */
  readonly rates: { readonly global: number; readonly personal: number };
  readonly epochs: {
    readonly global: number;
    readonly memorising: number;
    readonly personal: number;
  };
  /** Seeds of exact retraining. */
  readonly exactSeeds: readonly number[];
  /** Images of the sets that are not classes. */
  readonly examples: number;
}

type Report = (line: string) => void;

type Kind =
  | { readonly kind: 'classes'; readonly classes: readonly number[] }
  | { readonly kind: 'wrong-labels' | 'examples' };

/** Read or drawn once. */
let loaded: Digits | undefined;
const digits = (): Digits => (loaded ??= loadDigits());

/** The four forget sets, in the order of the report. */
export function visionScenarios(settings: VisionSettings): Scenario[] {
  const share = scenarioOf(settings);
  return [
    share('one-class', 'one class', { kind: 'classes', classes: [7] }, 'images of the digit 7'),
    share(
      'three-classes',
      'three classes',
      { kind: 'classes', classes: [3, 5, 8] },
      'images of the digits 3, 5 and 8',
    ),
    share(
      'wrong-labels',
      'wrong labels',
      { kind: 'wrong-labels' },
      'forget accuracy is agreement with the wrong labels',
    ),
    randomExamples(settings),
  ];
}

export const randomExamples = (settings: VisionSettings): Scenario =>
  scenarioOf(settings)(
    'random-examples',
    'random examples',
    { kind: 'examples' },
    'nothing sets these images apart',
  );

function scenarioOf(settings: VisionSettings) {
  const learner = visionLearner(settings.architecture);
  const { origin } = digits();
  const common = {
    origin,
    architecture: { ...settings.architecture },
    digits: settings.digits ?? 10_000,
    split: { ...settings.split },
    seed: settings.seed,
    rates: { ...settings.rates },
  };

  return (name: string, title: string, kind: Kind, remark: string): Scenario => {
    let cached: { sets: VisionSets; data: Data } | undefined;
    const load = () => (cached ??= prepare(settings, kind));
    // Memorising takes longer, and the same images in every pass.
    const memorise = kind.kind === 'wrong-labels';
    const epochs = memorise ? settings.epochs.memorising : settings.epochs.global;
    const world = memorise ? { ...common, wrong: settings.examples } : common;
    const identity = { ...world, forget: { ...kind }, examples: settings.examples };
    const client = kind.kind === 'classes' ? { without: kind.classes } : {};

    const train = (set: Examples, seed: number, report: Report): Promise<Weights> =>
      fit(learner, learner.initial(seed), [{ set, epochs, augment: !memorise }], {
        seed,
        batchSize: 64,
        rate: settings.rates.global,
        schedule: true,
        report: (done, loss) => report(`${Math.round(100 * done)} %, loss ${loss.toFixed(3)}`),
      });
    const personalize = (weights: Weights, seed: number): Promise<Weights> =>
      fit(
        learner,
        weights,
        [{ set: load().data.personal, epochs: settings.epochs.personal, augment: true }],
        { seed, batchSize: 32, rate: settings.rates.personal, schedule: true },
      );

    const global = unit({
      title: `${memorise ? 'training with wrong labels' : 'training'}`,
      kind: memorise ? 'vision training, memorising' : 'vision training',
      version: 1,
      settings: { ...world, epochs },
      seconds: 90,
      codec: tensors,
      run: (_, report) => train(ofImages(load().sets.training), settings.seed, report),
    });
    const personal = unit({
      title: `${title}: personalizing`,
      kind: 'vision personalizing',
      version: 1,
      settings: { client, epochs: settings.epochs.personal, seed: settings.seed },
      needs: [global],
      seconds: 15,
      codec: tensors,
      run: async (results) => personalize(await results(global), settings.seed),
    });
    const exactOf = (seed: number): Unit<Weights> =>
      unit({
        title: `${title}: exact, seed ${seed}`,
        kind: memorise ? 'vision training, memorising' : 'vision training',
        version: 1,
        settings: { ...identity, epochs, personal: settings.epochs.personal, retrained: seed },
        seconds: 100,
        codec: tensors,
        run: async (_, report) => {
          const { retained } = load().sets;
          return personalize(await train(ofImages(retained), seed, report), seed);
        },
      });
    return {
      name,
      title,
      remark,
      identity,
      language: false,
      learner,
      global,
      personal,
      exact: settings.exactSeeds.map(exactOf),
      data: async () => load().data,
    };
  };
}

function prepare(settings: VisionSettings, kind: Kind): { sets: VisionSets; data: Data } {
  const { images } = digits();
  const used = settings.digits === undefined ? images : firstImages(images, settings.digits);
  const split = splitDigits(used, 7, settings.seed, settings.split);
  const sets =
    kind.kind === 'classes'
      ? forgetClasses(split, kind.classes)
      : kind.kind === 'examples'
        ? forgetExamples(split, settings.examples)
        : forgetWrongLabels(split, settings.examples, settings.seed);
  const client = (set: VisionSets['personal']): Examples => ofImages(toDomain(set, defaultDomain));
  return {
    sets,
    data: {
      forget: ofImages(sets.forget),
      heldOut: ofImages(sets.heldOut),
      retained: firstExamples(ofImages(sets.retained), 1000),
      retainTest: ofImages(sets.retainTest),
      personal: client(sets.personal),
      personalTest: client(sets.personalTest),
    },
  };
}
