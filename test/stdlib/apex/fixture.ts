// A provider, clients and a small model of two matrices, made of random numbers with a seed: 13 Fisher blocks of 4
// weights, the last block of the first matrix with 2 weights and 2 of padding.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '../../../compiler/files/index.ts';
import {
  createProvider,
  currentLeaves,
  enroll,
  issueWindow,
  makePlan,
  openExampleGradients,
  openModel,
  planDigest,
  register,
  weightCount,
  type FormName,
  type Keeps,
  type Plan,
  type Provider,
  type State,
  type Window,
} from '../../../stdlib/apex/index.ts';
import { openBooks, type Books } from '../../../stdlib/apex/books/index.ts';
import type { Mask } from '../../../stdlib/apex/documents/mask.ts';
import type { Scope } from '../../../stdlib/apex/model/index.ts';
import { copyEmptyBooks } from './books/template.ts';

/** Uniform in [0, 1), the same for a seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const scope: Scope = {
  blockSize: 4,
  tensors: [
    { name: 'first', shape: [6, 5], orientation: 'out-in' },
    { name: 'second', shape: [5, 4], orientation: 'in-out' },
  ],
};

const shapes = { first: [6, 5], second: [5, 4], head: [3, 4] } as const;

type Leading = readonly number[];

/** Tensors with entries in [−scale, scale). */
function tensors(
  seed: number,
  scale: number,
  prefix = '',
  leading: Leading = [],
): Map<string, { shape: readonly number[]; data: Float32Array }> {
  const next = random(seed);
  return new Map(
    Object.entries(shapes).map(([name, own]) => {
      const shape = [...leading, ...own];
      const length = shape.reduce((a, b) => a * b, 1);
      return [
        `${prefix}${name}`,
        { shape, data: Float32Array.from({ length }, () => scale * (2 * next() - 1)) },
      ];
    }),
  );
}

export const writeWeights = (file: string, seed: number, scale = 0.5): Promise<void> =>
  writeSafetensors(file, { tensors: tensors(seed, scale) });

export const writeGradients = (file: string, seed: number, scale = 0.1): Promise<void> =>
  writeSafetensors(file, { tensors: tensors(seed, scale, 'grad.', [12]) });

/** Statistics on the forget set for `lethe apex mask`. */
export async function writeStatistics(file: string, seed: number): Promise<void> {
  const mean = tensors(seed, 0.1, 'mean.');
  const fisher = tensors(seed + 1, 0.1, 'fisher.');
  fisher.forEach((each) => each.data.forEach((x, i) => (each.data[i] = x * x)));
  await writeSafetensors(file, { tensors: new Map([...mean, ...fisher]) });
}

export interface WorldOptions {
  readonly form?: FormName;
  readonly tolerance?: number;
  readonly keeps?: Keeps;
}

/** Two machines in one folder. */
export class World {
  private constructor(
    readonly folder: string,
    readonly provider: Provider,
    readonly books: Books,
  ) {}

  static async make({ form = 'inverse', tolerance, keeps }: WorldOptions = {}): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'lethe-apex-'));
    const path = join(folder, 'global.safetensors');
    await writeWeights(path, 7);
    const model = await openModel(path);
    const provider = await createProvider(join(folder, 'provider'), (signer) =>
      makePlan({ model, scope, form, weightBits: 16, weightRange: 2, tolerance, keeps, signer }),
    );
    await copyEmptyBooks(join(provider.folder, 'books'));
    const books = await openBooks(join(provider.folder, 'books'), { durable: false });
    return new World(folder, provider, books);
  }

  get plan(): Plan {
    return this.provider.plan;
  }

  path = (name: string): string => join(this.folder, name);

  async remove(): Promise<void> {
    await this.books.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A client with a model of its own, registered; in the books too unless `enrolled` is false. */
  async client(
    name: string,
    { seed = 11, enrolled = true, secret = `secret-${name}` } = {},
  ): Promise<State> {
    const [weights, gradients] = [
      this.path(`${name}.safetensors`),
      this.path(`${name}-g.safetensors`),
    ];
    await writeWeights(weights, seed);
    await writeGradients(gradients, seed + 1);
    const state = await register({
      plan: this.plan,
      client: name,
      model: await openModel(weights),
      gradients: await openExampleGradients(gradients, scope),
      damping: { relative: 1 },
      folder: this.path(secret),
    });
    if (enrolled) await this.enroll(state);
    return state;
  }

  /** With the leaves of its state, where the provider keeps trees. */
  async enroll(state: State): Promise<void> {
    const { plan, trees } = this.provider;
    const keeping =
      plan.keeps === 'tree' ? { trees, leaves: await currentLeaves(state) } : undefined;
    await enroll(plan, this.books, state.registration, keeping);
  }

  mask(weights: readonly number[]): Mask {
    return maskOf(this.plan, weights);
  }

  /** A window that masks these weights, numbered over the scope. */
  async window(weights: readonly number[]): Promise<Window> {
    const key = await this.provider.signingKey();
    return (await issueWindow(this.plan, this.books, this.mask(weights), key)).window;
  }
}

export function maskOf(plan: Plan, weights: readonly number[]): Mask {
  const bits = new Uint8Array(Math.ceil(weightCount(plan.scope) / 8));
  for (const weight of weights) bits[weight >> 3]! |= 1 << (weight & 7);
  const masked = new Set(weights).size;
  return { plan: planDigest(plan), score: 'saliency', budget: 0.5, masked, bits };
}

/** Weights of 11 blocks: two tiles of 2^10 rows, of 8 and of 3 blocks. The padded block 7 and the last one are among them. */
export const spread = [0, 5, 6, 9, 12, 19, 21, 25, 28, 29, 31, 35, 49];
