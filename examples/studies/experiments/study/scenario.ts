// A question to all methods: a model, a client, and what is to be forgotten.
import type { Weights } from '../../../unlearn-digits/weights.ts';
import type { Examples } from '../learning/examples.ts';
import type { Learner } from '../learning/learner.ts';
import type { Json, Unit } from '../runner/unit.ts';

/** The sets of the two parties, pairwise disjoint but for D_f in D. */
export interface Data {
  /** D_f, as it was trained on. */
  readonly forget: Examples;
  /** Like D_f, and never trained on. */
  readonly heldOut: Examples;
  /** A part of D without D_f, for the statistics that some methods take of it. */
  readonly retained: Examples;
  /** Of the provider's domain, without what is to be forgotten; never trained on. */
  readonly retainTest: Examples;
  /** D_p. */
  readonly personal: Examples;
  readonly personalTest: Examples;
}

export interface Scenario {
  readonly name: string;
  /** All that its sets depend on. */
  readonly identity: Json;
  readonly title: string;
  /** What the numbers in the forget column are, where accuracy alone does not say it. */
  readonly remark: string;
  /** Whether losses are of text, and shown as perplexity. */
  readonly language: boolean;
  readonly learner: Learner;
  /** θ_0. */
  readonly global: Unit<Weights>;
  /** θ_p. */
  readonly personal: Unit<Weights>;
  /** Retrained without D_f and personalized, one for each seed. */
  readonly exact: readonly Unit<Weights>[];
  data(): Promise<Data>;
}
