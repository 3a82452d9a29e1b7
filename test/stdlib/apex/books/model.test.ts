// Random histories: the books say of each step what a plain model of the protocol says.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type { Books, Claim } from '../../../../stdlib/apex/books/index.ts';
import { digest, finding, issue as issueNext, registration, Shelf } from './entries.ts';
import { runs } from '../../../tier.ts';

let shelf: Shelf;
let books: Books;
beforeAll(async () => {
  shelf = await Shelf.make();
  books = await openBooks(await shelf.fresh('model'), { durable: false });
});
afterAll(async () => {
  await books.close();
  await shelf.remove();
});

type Step =
  | { readonly kind: 'register'; readonly client: string; readonly version: number }
  | { readonly kind: 'issue'; readonly window: string }
  | {
      readonly kind: 'judge';
      readonly client: string;
      readonly version: number;
      readonly window: string;
      readonly bundle: number;
      readonly keeps: Keeping;
    };

/** Nothing is kept, or from the last accepted root, or from one that never was. */
type Keeping = 'nothing' | 'last' | 'other';

const client = fc.constantFrom('ada', 'bob');
const version = fc.constantFrom(1, 2);
const name = fc.constantFrom('v', 'w', 'x');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('register' as const), client, version }),
  fc.record({ kind: fc.constant('issue' as const), window: name }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('judge' as const),
      client,
      version,
      window: name,
      bundle: fc.nat(3),
      keeps: fc.constantFrom<Keeping>('nothing', 'last', 'other'),
    }),
  },
);

interface Known {
  readonly client: string;
  readonly epoch: number;
  /** One for each accepted bundle. */
  readonly answers: { readonly epoch: number; readonly root: string }[];
}

/** The protocol in maps. */
class Model {
  readonly registrations = new Map<string, Known>();
  readonly current = new Map<string, string>();
  /** Digests by name, and epochs by digest. */
  readonly names = new Map<string, string>();
  readonly windows = new Map<string, number>();
  readonly bundles = new Set<string>();

  constructor(public epoch: number) {}

  register(entry: { client: string; digest: string }): void {
    if (this.registrations.has(entry.digest)) return;
    const known = { client: entry.client, epoch: this.epoch, answers: [] };
    this.registrations.set(entry.digest, known);
    this.current.set(entry.client, entry.digest);
  }

  issue(of: string, issued: string): void {
    this.names.set(of, issued);
    this.windows.set(issued, this.epoch++);
  }

  judge({ bundleDigest, registrationDigest, windowDigest, kept }: Claim, root: string): string {
    if (this.bundles.has(bundleDigest)) return 'replayed';
    const known = this.registrations.get(registrationDigest);
    const epoch = this.windows.get(windowDigest);
    if (known === undefined) return 'unknown-registration';
    if (epoch === undefined) return 'unknown-window';
    if (this.current.get(known.client) !== registrationDigest) return 'superseded';
    if (known.epoch > epoch) return 'late-registration';
    const last = known.answers.at(-1);
    if (last?.epoch === epoch) return 'already-unlearned';
    if (last && last.epoch > epoch) return 'older-window';
    if (kept !== null && kept !== last?.root) return 'stale-commitment';
    known.answers.push({ epoch, root });
    this.bundles.add(bundleDigest);
    return 'accepted';
  }
}

const register = (name: string, of: number): Step => ({
  kind: 'register',
  client: name,
  version: of,
});
const issue = (of: string): Step => ({ kind: 'issue', window: of });
const judge = (
  name: string,
  of: number,
  at: string,
  bundle: number,
  keeps: Keeping = 'nothing',
): Step => ({
  kind: 'judge',
  client: name,
  version: of,
  window: at,
  bundle,
  keeps,
});

/** A history that meets every answer. */
const full: readonly Step[] = [
  judge('ada', 1, 'v', 0),
  register('ada', 1),
  judge('ada', 1, 'v', 0),
  issue('v'),
  register('bob', 1),
  judge('bob', 1, 'v', 1),
  judge('ada', 1, 'v', 0, 'other'),
  issue('w'),
  judge('ada', 1, 'w', 0),
  judge('ada', 1, 'w', 0),
  judge('ada', 1, 'w', 2),
  judge('ada', 1, 'v', 3),
  issue('x'),
  judge('ada', 1, 'x', 3, 'last'),
  register('ada', 2),
  judge('ada', 1, 'x', 2),
];

test('the books agree with the model', async () => {
  let run = 0;
  const seen = new Set<string>();
  const agree = async (steps: readonly Step[]): Promise<void> => {
    const own = (text: string): string => `${text}.of.run.${run}`;
    run++;
    const model = new Model((await books.status()).epoch);
    for (const [index, each] of steps.entries()) {
      if (each.kind === 'register') {
        const entry = registration(own(each.client), each.version);
        await books.register(entry);
        model.register({ client: own(each.client), digest: entry.digest });
      } else if (each.kind === 'issue') {
        if (model.names.has(each.window)) continue;
        model.issue(each.window, (await issueNext(books)).digest);
      } else {
        const of = registration(own(each.client), each.version);
        const last = model.registrations.get(of.digest)?.answers.at(-1)?.root ?? null;
        const named = model.names.get(each.window) ?? digest(own(each.window));
        const claim = finding(own(each.client), named, {
          bundleDigest: digest(own(`bundle ${each.bundle}`)),
          registrationDigest: of.digest,
          kept: { nothing: null, last, other: '99' }[each.keeps],
          rootAfter: String(1000 + index),
        });
        const outcome = await books.recordVerdict(claim);
        const said = outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
        expect(said).toBe(model.judge(claim, claim.rootAfter));
        seen.add(said);
      }
    }
    expect((await books.status()).epoch).toBe(model.epoch);
    for (const each of ['ada', 'bob']) {
      const answers = model.registrations.get(model.current.get(own(each)) ?? '')?.answers ?? [];
      const current = await books.commitment(own(each));
      expect(current?.root).toBe(answers.at(-1)?.root);
      const history = await books.history(own(each));
      expect(
        history.slice(history.length - answers.length).map(({ epoch, root }) => ({ epoch, root })),
      ).toEqual(answers);
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }), agree),
    { numRuns: runs(40), examples: [[[...full]]] },
  );
  expect([...seen].sort()).toEqual([
    'accepted',
    'already-unlearned',
    'late-registration',
    'older-window',
    'replayed',
    'stale-commitment',
    'superseded',
    'unknown-registration',
    'unknown-window',
  ]);
});
