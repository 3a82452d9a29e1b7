// A provider with books, and clients that only register: no model is unlearned here.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { q } from '../../../../compiler/ir/format.ts';
import { writeSafetensors } from '../../../../compiler/files/index.ts';
import {
  inTurn,
  openBooks,
  type Books,
  type BooksAccess,
} from '../../../../stdlib/apex/books/index.ts';
import { Elements } from '../../../../stdlib/apex/commitments/elements.ts';
import { buildTree } from '../../../../stdlib/apex/commitments/tree.ts';
import {
  leavesFileOf,
  planDigest,
  writeLeaves,
  type Keeps,
  type Plan,
  type Registration,
  type Reregister,
  signRegistration,
  type SignedRegistration,
  type Window,
} from '../../../../stdlib/apex/documents/index.ts';
import { openModel, weightCount, type Scope } from '../../../../stdlib/apex/model/index.ts';
import { enroll, type Enrolled, type Entered } from '../../../../stdlib/apex/provider/enroll.ts';
import { createProvider, type Provider } from '../../../../stdlib/apex/provider/folder.ts';
import { makePlan } from '../../../../stdlib/apex/provider/plan.ts';
import { issueWindow, type Issued } from '../../../../stdlib/apex/provider/window.ts';
import { copyEmptyBooks } from '../books/template.ts';
import { asEntered } from '../entered.ts';
import { clientKey, hex, maskOf, registration, scope } from '../documents/samples.ts';

export interface PlanChoice {
  readonly keeps?: Keeps;
  readonly scope?: Scope;
  readonly reregister?: Reregister;
  readonly link?: number | 'all';
  readonly predecessor?: string;
  /** θ_0: other weights for another number. */
  readonly seed?: number;
}

/** A folder for providers side by side. */
export class Street {
  private constructor(readonly folder: string) {}

  static make = async (): Promise<Street> =>
    new Street(await mkdtemp(join(tmpdir(), 'lethe-provider-')));

  path = (name: string): string => join(this.folder, name);

  remove = (): Promise<void> => rm(this.folder, { recursive: true, force: true });

  /** A new provider's folder in this one. */
  async provider(name: string, choice: PlanChoice = {}): Promise<Provider> {
    const { keeps, reregister, link, predecessor, seed = 1 } = choice;
    const own = choice.scope ?? scope;
    const file = this.path(`${seed}.safetensors`);
    const data = (length: number): Float32Array => new Float32Array(length).fill(seed);
    const tensors = new Map([
      ['first', { shape: [6, 5], data: data(30) }],
      ['second', { shape: [5, 4], data: data(20) }],
      ['head', { shape: [4], data: data(4) }],
    ]);
    await writeSafetensors(file, { tensors });
    const model = await openModel(file);
    const step = { size: own.blockSize, weights: q(16, 14), tolerance: 2 ** -14 };
    return createProvider(this.path(name), (signer) =>
      makePlan({ model, scope: own, step, keeps, reregister, link, predecessor, signer }),
    );
  }
}

/** A provider at work. */
export class Desk {
  private constructor(
    readonly provider: Provider,
    readonly books: Books,
  ) {
    this.withBooks = inTurn(books);
  }

  readonly withBooks: BooksAccess;

  static async open(provider: Provider): Promise<Desk> {
    const folder = join(provider.folder, 'books');
    await copyEmptyBooks(folder);
    return new Desk(provider, await openBooks(folder, { durable: false }));
  }

  close = (): Promise<void> => this.books.close();

  get plan(): Plan {
    return this.provider.plan;
  }

  async issue(positions: readonly number[], changes: object = {}): Promise<Issued> {
    const mask = { ...maskOf(this.plan, positions), ...changes };
    return issueWindow(this.plan, this.books, mask, await this.provider.signingKey());
  }

  async window(positions: readonly number[]): Promise<Window> {
    return (await this.issue(positions)).window;
  }

  /** A registration of so many leaves that begin with `seed`. */
  async client(
    client: string,
    seed = 1,
    window: string | null = null,
    changes: Partial<Registration> = {},
  ): Promise<Client> {
    const length = weightCount(this.plan.scope);
    const leaves = Elements.from(Array.from({ length }, (_, i) => BigInt(1000 * seed + i)));
    const { root } = await buildTree(leaves);
    const plan = planDigest(this.plan);
    const file = leavesFileOf(join(this.provider.folder, `${client}-${seed}.json`));
    await writeLeaves(file, pieces(leaves));
    return {
      registration: signRegistration(
        { ...registration, client, plan, root, window, unscoped: hex, ...changes },
        clientKey,
        (changes.replaces ?? null) === null ? undefined : clientKey,
      ),
      leaves,
      file,
    };
  }

  /** Enrolls a client whose registration needs no link. */
  enroll = async (client: Client, replace = false): Promise<Entered> =>
    asEntered(await this.present(client, replace));

  present = ({ registration, file }: Client, replace = false): Promise<Enrolled> =>
    enroll({
      provider: this.provider,
      withBooks: this.withBooks,
      registration,
      replace,
      ...(this.plan.keeps === 'leaves' ? { leaves: file } : {}),
    });
}

export interface Client {
  readonly registration: SignedRegistration;
  readonly leaves: Elements;
  readonly file: string;
}

/** Not in even pieces, as a disk gives them. */
export async function* pieces({ bytes }: Elements): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}
