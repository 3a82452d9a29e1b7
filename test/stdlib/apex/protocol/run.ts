// The protocol itself, for one run: a provider with books, and the folders of clients. Books and registrations to copy are made once for all
// runs; the books are emptied for each.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useNativePoseidon } from '../../../../compiler/prover/native-hashing.ts';
import { booksIn, inTurn, type Books, type Database } from '../../../../stdlib/apex/books/index.ts';
import { openPglite } from '../../../../stdlib/apex/books/pglite.ts';
import {
  planDigest,
  windowDigest,
  type Plan,
  type ReasonCode,
  type SignedRegistration,
  type Window,
} from '../../../../stdlib/apex/documents/index.ts';
import { makePlan, makeSpec, openModel } from '../../../../stdlib/apex/index.ts';
import { commitmentsIn, leavesIn } from '../../../../stdlib/apex/provider/kept.ts';
import { createProvider, type Provider } from '../../../../stdlib/apex/provider/folder.ts';
import { copyEmptyBooks } from '../books/template.ts';
import type { Forged } from '../bundles.ts';
import type { ForgedLink } from '../link/drafts.ts';
import { makeMember, scope, writeModel, type Member } from './pool.ts';
import type { Plain, PlanChoice } from './plain.ts';

/** A registration, and the state behind it. */
export interface Place {
  readonly folder: string;
  readonly registration: SignedRegistration;
  readonly key: KeyObject;
  readonly salt: string;
  /** Where the provider keeps leaves. */
  readonly leaves: string;
  challenge?: string;
}

export interface BundleFile {
  readonly file: string;
  readonly forged: Forged;
  /** Codes of what is wrong with what it says. */
  readonly flaws: readonly ReasonCode[];
}

export interface LinkOfClient {
  readonly file: string;
  readonly link: ForgedLink;
  readonly flaws: readonly ReasonCode[];
}

export class Run {
  readonly places: Place[] = [];
  readonly bundles: BundleFile[] = [];
  readonly links: LinkOfClient[] = [];
  readonly windows: Window[] = [];
  #files = 0;

  constructor(
    readonly folder: string,
    readonly provider: Provider,
    readonly database: Database,
    readonly books: Books,
    readonly members: readonly Member[],
    readonly providerKey: KeyObject,
    /** Whether there are proofs, or marks. */
    readonly proves: boolean,
  ) {}

  get plan(): Plan {
    return this.provider.plan;
  }

  /** The path of a new file or folder. */
  fresh = (name: string): string => join(this.folder, `${name}-${this.#files++}`);

  /** The window that the provider must issue now for positions of which some are new. */
  nextWindow(plain: Plain, positions: readonly number[]): Window {
    const fresh = plain.fresh(positions).map((position) => [position, plain.epoch] as const);
    const history = [...plain.masked, ...fresh].sort(([a], [b]) => a - b);
    return {
      plan: planDigest(this.plan),
      epoch: plain.epoch,
      predecessor: plain.windows.at(-1) ?? null,
      mask: { score: 'saliency', budget: 0.5, masked: new Set(positions).size },
      history: {
        positions: Uint32Array.from(history, ([position]) => position),
        epochs: Uint32Array.from(history, ([, epoch]) => epoch),
      },
    };
  }

  windowOf = (digest: string): Window =>
    this.windows.find((window) => windowDigest(window) === digest)!;

  remove = (): Promise<void> => rm(this.folder, { recursive: true, force: true });
}

const tables = ['links', 'challenges', 'commitments', 'verdicts', 'registrations', 'windows'];

export class Site {
  #runs = 0;

  private constructor(
    private readonly folder: string,
    private readonly database: Database,
    private readonly providers: ReadonlyMap<string, Provider>,
    private readonly members: readonly Member[],
  ) {}

  static async make(): Promise<Site> {
    useNativePoseidon();
    const folder = await mkdtemp(join(tmpdir(), 'lethe-protocol-'));
    await copyEmptyBooks(join(folder, 'books'));
    const database = await openPglite(join(folder, 'books/database'), false);
    const model = await openModel(await writeModel(join(folder, 'global.safetensors'), 7));
    const step = makeSpec({ size: scope.blockSize, weightBits: 16, weightRange: 2 });
    const providers = new Map<string, Provider>();
    for (const reregister of ['never', 'linked', 'any'] as const)
      for (const keeps of ['root', 'leaves'] as const) {
        // Plans over one model do not lie side by side.
        const own = join(folder, `${reregister}-${keeps}`, 'provider');
        // A sample of three blocks, and of all of them.
        const link = keeps === 'root' ? 3 : 'all';
        const provider = await createProvider(own, (signer) =>
          makePlan({ model, scope, step, keeps, reregister, link, signer }),
        );
        providers.set(`${reregister} ${keeps}`, provider);
      }
    const { plan } = providers.get('linked root')!;
    const members: Member[] = [];
    for (const seed of [11, 21, 31]) members.push(await makeMember(folder, plan, seed));
    return new Site(folder, database, providers, members);
  }

  /** Empty books, and a folder. */
  async begin({ reregister, keeps }: PlanChoice, proves = false): Promise<Run> {
    await this.database.transaction(async (queries) => {
      for (const table of tables) await queries.query(`delete from ${table}`);
      await queries.query('update books set epoch = 1, plan_digest = null');
    });
    const folder = join(this.folder, `run-${this.#runs++}`);
    await mkdir(folder);
    const books = booksIn(this.database);
    const made = this.providers.get(`${reregister} ${keeps}`)!;
    const provider: Provider = {
      ...made,
      withBooks: inTurn(books),
      leaves: leavesIn(folder, scope),
      commitments: commitmentsIn(folder),
    };
    return new Run(
      folder,
      provider,
      this.database,
      books,
      this.members,
      await made.signingKey(),
      proves,
    );
  }

  async remove(): Promise<void> {
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
