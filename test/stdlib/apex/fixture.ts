// A provider, clients and a small model of two matrices, made of random numbers with a seed: 75 weights in 14 Fisher blocks of at
// most 8. Rows have 12 and 9 weights: 4 blocks of 8 and 4 of 4 in the first matrix, 3 of 8 and 3 of 1 in the second.
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '../../../compiler/files/index.ts';
import {
  createProvider,
  enroll,
  issueWindow,
  makePlan,
  makeSpec,
  openExampleGradients,
  openModel,
  openState,
  planDigest,
  register,
  sendLeaves,
  verifyBundle,
  weightCount,
  type Enrolled,
  type Entered,
  type Keeps,
  type Mask,
  type Plan,
  type Provider,
  type Reregister,
  type State,
  type VerifiedBundle,
  type VerifyOptions,
  type Window,
} from '../../../stdlib/apex/index.ts';
import {
  inTurn,
  openBooks,
  type Books,
  type BooksAccess,
} from '../../../stdlib/apex/books/index.ts';
import { saveReceipt } from '../../../stdlib/apex/client/state.ts';
import { canonicalText } from '../../../stdlib/apex/documents/canonical.ts';
import type { Scope } from '../../../stdlib/apex/model/index.ts';
import { keysIn } from '../../../stdlib/apex/provider/keys.ts';
import { copyEmptyBooks } from './books/template.ts';
import { asEntered } from './entered.ts';

/** Uniform in [0, 1), the same for a seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const scope: Scope = {
  blockSize: 8,
  tensors: [
    { name: 'first', shape: [4, 12], orientation: 'out-in' },
    { name: 'second', shape: [9, 3], orientation: 'in-out' },
  ],
};

const shapes = { first: [4, 12], second: [9, 3], head: [3, 4] } as const;

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

/** Verification keys of the circuits of tests, kept from run to run: to make one takes seconds. */
export const keys = keysIn(new URL('../../../.cache/apex-keys', import.meta.url).pathname);

export interface WorldOptions {
  readonly tolerance?: number;
  readonly keeps?: Keeps;
  readonly reregister?: Reregister;
  readonly link?: Plan['link'];
  /** The folder of a provider whose plan this one follows. */
  readonly predecessor?: string;
}

export interface ClientOptions {
  readonly seed?: number;
  readonly enrolled?: boolean;
  /** The provider's word for a client that is registered. */
  readonly replace?: boolean;
  /** The last window, which the registration compensates for. */
  readonly window?: Window;
  /** The folder of the state. */
  readonly secret?: string;
  readonly key?: KeyObject;
  /** The folder of the state whose registration this one replaces. */
  readonly replaces?: string;
}

/** Two machines in one folder. */
export class World {
  private constructor(
    readonly folder: string,
    readonly provider: Provider,
    readonly books: Books,
  ) {
    this.withBooks = inTurn(books);
  }

  readonly withBooks: BooksAccess;

  static async make({
    tolerance,
    keeps,
    reregister,
    link,
    predecessor,
  }: WorldOptions = {}): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'lethe-apex-'));
    const path = join(folder, 'global.safetensors');
    await writeWeights(path, 7);
    const model = await openModel(path);
    const own = tolerance === undefined ? {} : { tolerance };
    const step = makeSpec({ size: scope.blockSize, weightBits: 16, weightRange: 2, ...own });
    const provider = await createProvider(join(folder, 'provider'), (signer) =>
      makePlan({ model, scope, step, keeps, reregister, link, predecessor, signer }),
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

  /** A client with a model of its own, registered; in the books too, with its receipt in the state, unless `enrolled` is false. */
  async client(
    name: string,
    {
      seed = 11,
      enrolled = true,
      replace,
      secret = `secret-${name}`,
      window,
      key,
      replaces,
    }: ClientOptions = {},
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
      ...(window ? { window } : {}),
      ...(key ? { key } : {}),
      ...(replaces === undefined ? {} : { replaces }),
      folder: this.path(secret),
      jobs: 1,
    });
    if (!enrolled) return state;
    await this.enroll(state, replace);
    return openState(state.folder);
  }

  /** With the leaves of its state, where the provider keeps them. The state gets its receipt. */
  enroll = async (state: State, replace = false): Promise<Entered> =>
    asEntered(await this.present(state, replace));

  /** The same for a registration that may have to wait for its link; `replace` is the provider's word. */
  async present(state: State, replace = false): Promise<Enrolled> {
    const leaves = this.plan.keeps === 'leaves' ? `${state.folder}.leaves` : undefined;
    if (leaves !== undefined) await sendLeaves(state, leaves);
    const enrolled = await enroll({
      provider: this.provider,
      withBooks: this.withBooks,
      registration: state.registration,
      leaves,
      replace,
    });
    if (enrolled.kind === 'entered')
      await saveReceipt(state, canonicalText(enrolled.document), 'the receipt');
    return enrolled;
  }

  mask(positions: readonly number[]): Mask {
    return maskOf(this.plan, positions);
  }

  /** A window that masks these positions, and all that were masked before. */
  async window(positions: readonly number[]): Promise<Window> {
    const key = await this.provider.signingKey();
    return (await issueWindow(this.plan, this.books, this.mask(positions), key)).window;
  }

  /** Judges a bundle's file. */
  verify(
    file: string,
    { keys: own = keys, checkProofs }: Pick<VerifyOptions, 'keys' | 'checkProofs'> = {},
  ): Promise<VerifiedBundle> {
    const { plan, leaves, commitments } = this.provider;
    return verifyBundle({
      ...{ plan, withBooks: this.withBooks, leaves, commitments, file },
      ...{ keys: own, jobs: 1, ...(checkProofs && { checkProofs }) },
    });
  }
}

export function maskOf(plan: Plan, positions: readonly number[]): Mask {
  const bits = new Uint8Array(Math.ceil(weightCount(plan.scope) / 8));
  for (const position of positions) bits[position >> 3]! |= 1 << (position & 7);
  const masked = new Set(positions).size;
  return { plan: planDigest(plan), score: 'saliency', budget: 0.5, masked, bits };
}

/** Positions of 9 blocks: one is short (8 … 11), and one is masked whole (56). */
export const spread = [0, 5, 6, 9, 12, 19, 25, 28, 29, 36, 48, 50, 56, 57, 66];
