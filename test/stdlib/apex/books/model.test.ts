// Random histories: the books say of each step what a plain model of the protocol says.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type { Books, Claim } from '../../../../stdlib/apex/books/index.ts';
import { digest, finding, registration, Shelf, window } from './entries.ts';
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
      readonly fresh: boolean;
    };

const client = fc.constantFrom('ada', 'bob');
const version = fc.constantFrom(1, 2);
const name = fc.constantFrom('v', 'w');
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
      fresh: fc.boolean(),
    }),
  },
);

/** The protocol in maps. */
class Model {
  readonly registrations = new Map<string, { client: string; epoch: number; roots: string[] }>();
  readonly current = new Map<string, string>();
  readonly windows = new Map<string, number>();
  readonly accepted: Claim[] = [];

  constructor(public epoch: number) {}

  register(entry: { client: string; digest: string; root: string }): void {
    if (this.registrations.has(entry.digest)) return;
    this.registrations.set(entry.digest, {
      client: entry.client,
      epoch: this.epoch,
      roots: [entry.root],
    });
    this.current.set(entry.client, entry.digest);
  }

  issue(of: string): void {
    if (!this.windows.has(of)) this.windows.set(of, this.epoch++);
  }

  judge(claim: Claim, rootAfter: string): string {
    const { bundleDigest, registrationDigest, windowDigest, rootBefore } = claim;
    if (this.accepted.some((each) => each.bundleDigest === bundleDigest)) return 'replayed';
    const known = this.registrations.get(registrationDigest);
    const closed = this.windows.get(windowDigest);
    if (known === undefined) return 'unknown-registration';
    if (closed === undefined) return 'unknown-window';
    if (this.current.get(known.client) !== registrationDigest) return 'superseded-registration';
    if (known.epoch > closed) return 'registration-after-window';
    const same = (each: Claim): boolean =>
      each.registrationDigest === registrationDigest && each.windowDigest === windowDigest;
    if (this.accepted.some(same)) return 'replayed-bundle';
    if (known.roots.at(-1) !== rootBefore) return 'stale-commitment';
    known.roots.push(rootAfter);
    this.accepted.push(claim);
    return 'accepted';
  }
}

const register = (name: string, of: number): Step => ({
  kind: 'register',
  client: name,
  version: of,
});
const issue = (of: string): Step => ({ kind: 'issue', window: of });
const judge = (name: string, of: number, at: string, bundle: number, fresh = true): Step => ({
  kind: 'judge',
  client: name,
  version: of,
  window: at,
  bundle,
  fresh,
});

/** A history that meets every answer. */
const full: readonly Step[] = [
  judge('ada', 1, 'v', 0),
  register('ada', 1),
  judge('ada', 1, 'v', 0),
  issue('v'),
  register('bob', 1),
  judge('bob', 1, 'v', 1),
  judge('ada', 1, 'v', 0, false),
  judge('ada', 1, 'v', 0),
  judge('ada', 1, 'v', 0),
  judge('ada', 1, 'v', 2),
  register('ada', 2),
  judge('ada', 1, 'v', 3),
];

test('the books agree with the model', async () => {
  let run = 0;
  const seen = new Set<string>();
  const agree = async (steps: readonly Step[]): Promise<void> => {
    const own = (text: string): string => `${text} of run ${run}`;
    run++;
    const model = new Model((await books.status()).epoch);
    for (const [index, each] of steps.entries()) {
      if (each.kind === 'register') {
        const entry = registration(own(each.client), each.version);
        await books.register(entry);
        model.register(entry);
      } else if (each.kind === 'issue') {
        const entry = window(own(each.window));
        await books.issueWindow(entry);
        model.issue(entry.digest);
      } else {
        const of = registration(own(each.client), each.version);
        const roots = model.registrations.get(of.digest)?.roots ?? [of.root];
        const claim = finding(own(each.client), own(each.window), {
          bundleDigest: digest(own(`bundle ${each.bundle}`)),
          registrationDigest: of.digest,
          rootBefore: each.fresh ? roots.at(-1)! : '99',
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
      const held = model.registrations.get(model.current.get(own(each)) ?? '');
      const roots = (await books.history(own(each))).map(({ root }) => root);
      const length = held?.roots.length ?? 0;
      expect(roots.slice(roots.length - length)).toEqual(held?.roots ?? []);
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }), agree),
    { numRuns: runs(40), examples: [[[...full]]] },
  );
  expect([...seen].sort()).toEqual([
    'accepted',
    'registration-after-window',
    'replayed',
    'replayed-bundle',
    'stale-commitment',
    'superseded-registration',
    'unknown-registration',
    'unknown-window',
  ]);
});
