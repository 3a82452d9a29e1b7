// Random histories: the books say of each step what a plain model of the protocol says.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBooks, type Books } from '../../../../stdlib/apex/books/index.ts';
import {
  readChallenge,
  registrationDigest,
  type Reregister,
} from '../../../../stdlib/apex/documents/index.ts';
import { runs } from '../../../tier.ts';
import { codeOf } from '../codes.ts';
import {
  challenge,
  digest,
  entryFor,
  finding,
  issue as issueNext,
  linkOf,
  registrationOf,
  Shelf,
} from './entries.ts';
import { Protocol } from './protocol.ts';

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

interface Register {
  readonly kind: 'register';
  readonly client: string;
  readonly version: number;
  /** The one that it replaces: none, the current one, the client's first, or one of the other client. */
  readonly replaces: 'none' | 'current' | 'first' | 'other';
  /** The right key consents. */
  readonly consents: boolean;
  /** It names the last window. */
  readonly newest: boolean;
  /** It repeats the digest of the tensors out of scope. */
  readonly repeats: boolean;
  readonly policy: Reregister;
  readonly word: boolean;
}

/** `back` is the place of a registration among those of its client in the books; the last one for 0. */
type Step =
  | Register
  | { readonly kind: 'challenge'; readonly client: string; readonly back: number }
  | { readonly kind: 'link'; readonly client: string; readonly back: number }
  | { readonly kind: 'issue'; readonly window: string }
  | {
      readonly kind: 'judge';
      readonly client: string;
      readonly back: number;
      readonly window: string;
      readonly bundle: number;
      readonly keeps: Keeping;
    };

/** Nothing is kept, or from the last accepted root, or from one that never was. */
type Keeping = 'nothing' | 'last' | 'other';

const client = fc.constantFrom('ada', 'bob');
const mostly = (value: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(value) }, fc.constant(!value));
const name = fc.constantFrom('v', 'w', 'x', 'y', 'z');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('register' as const),
      client,
      version: fc.integer({ min: 1, max: 4 }),
      replaces: fc.oneof(
        { weight: 3, arbitrary: fc.constant('current' as const) },
        fc.constantFrom('none', 'first', 'other'),
      ),
      consents: mostly(true),
      newest: mostly(true),
      repeats: mostly(true),
      policy: fc.oneof(
        { weight: 4, arbitrary: fc.constant('linked' as const) },
        fc.constantFrom('any', 'never'),
      ),
      word: mostly(false),
    }),
  },
  fc.record({ kind: fc.constant('challenge' as const), client, back: fc.nat(1) }),
  fc.record({ kind: fc.constant('link' as const), client, back: fc.nat(1) }),
  fc.record({ kind: fc.constant('issue' as const), window: name }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('judge' as const),
      client,
      back: fc.nat(2),
      window: name,
      bundle: fc.nat(5),
      keeps: fc.constantFrom<Keeping>('nothing', 'last', 'other'),
    }),
  },
);

const register = (client: string, version: number, changes: Partial<Register> = {}): Step => ({
  kind: 'register',
  client,
  version,
  replaces: version === 1 ? 'none' : 'current',
  consents: true,
  newest: true,
  repeats: true,
  policy: 'linked',
  word: false,
  ...changes,
});
const issue = (window: string): Step => ({ kind: 'issue', window });
const draw = (client: string, back = 0): Step => ({ kind: 'challenge', client, back });
const link = (client: string, back = 0): Step => ({ kind: 'link', client, back });
const judge = (
  client: string,
  back: number,
  window: string,
  bundle: number,
  keeps: Keeping = 'nothing',
): Step => ({ kind: 'judge', client, back, window, bundle, keeps });

/** Histories that meet every answer. */
const judged: readonly Step[] = [
  judge('ada', 0, 'v', 0),
  register('ada', 1),
  judge('ada', 0, 'v', 0),
  issue('v'),
  register('bob', 1),
  judge('bob', 0, 'v', 1),
  judge('ada', 0, 'v', 0, 'other'),
  issue('w'),
  judge('ada', 0, 'w', 0),
  judge('ada', 0, 'w', 0),
  judge('ada', 0, 'w', 2),
  judge('ada', 0, 'v', 3),
  issue('x'),
  judge('ada', 0, 'x', 3, 'last'),
  register('ada', 2, { policy: 'any' }),
  judge('ada', 1, 'x', 2),
];
const renewed: readonly Step[] = [
  link('ada'),
  register('bob', 1),
  register('bob', 2, { replaces: 'other' }),
  register('ada', 1),
  link('ada'),
  register('ada', 2, { replaces: 'none' }),
  register('ada', 2, { consents: false }),
  register('ada', 2, { policy: 'never' }),
  issue('v'),
  register('ada', 2),
  judge('ada', 0, 'v', 0),
  register('ada', 2, { repeats: false }),
  register('ada', 2, { newest: false }),
  register('ada', 2),
  register('ada', 3),
  link('ada'),
  judge('ada', 0, 'v', 1),
  draw('ada'),
  issue('w'),
  link('ada'),
  link('ada'),
  judge('ada', 1, 'w', 2),
  register('ada', 1, { word: true, replaces: 'none' }),
];

test('the books agree with the model', async () => {
  let run = 0;
  const seen = new Set<string>();
  const agree = async (steps: readonly Step[]): Promise<void> => {
    const own = (text: string): string => `${text}.of.run.${run}`;
    run++;
    const model = new Protocol(
      (await books.status()).epoch,
      (await books.lastWindow())?.digest ?? null,
    );
    const names = new Map<string, string>();
    const chosen = (of: string, back: number): string =>
      model.of(of).at(-1 - back)?.digest ?? digest(own('nobody'));

    const registered = async (each: Register): Promise<void> => {
      const { version, consents, newest, repeats, policy, word } = each;
      const of = own(each.client);
      const other = own(each.client === 'ada' ? 'bob' : 'ada');
      const replaces = {
        none: () => null,
        current: () => model.withStanding(of, 'current')?.digest ?? null,
        first: () => model.of(of)[0]?.digest ?? digest(own('nothing')),
        other: () => model.of(other)[0]?.digest ?? digest(own('nothing')),
      }[each.replaces]();
      const window = newest ? model.lastWindow : null;
      const unscoped = digest(own(repeats ? each.client : `other head of ${each.client}`));
      const former = consents ? of : own('mallory');
      const signed = registrationOf(of, version, { replaces, window, unscoped, former });
      const digestOf = registrationDigest(signed);
      // Under one digest there is one consent: another one is another text.
      const known = model.registrations.get(digestOf);
      const consent = replaces === null ? null : former;
      if (known && known.consent !== consent) return;
      const said = await books
        .register(entryFor(signed), { policy, replace: word })
        .then(({ standing }) => standing)
        .catch((error: unknown) => codeOf(() => Promise.reject(error as Error)));
      const shown = { digest: digestOf, client: of, consent, replaces, window, unscoped };
      expect(said).toBe(model.register(shown, policy, word));
      seen.add(said);
    };

    for (const [index, each] of steps.entries()) {
      if (each.kind === 'register') await registered(each);
      else if (each.kind === 'issue') {
        if (names.has(each.window)) continue;
        const { digest: issued } = await issueNext(books);
        names.set(each.window, issued);
        model.issue(issued);
      } else if (each.kind === 'challenge') {
        const of = chosen(own(each.client), each.back);
        const entry = await books.registration(of);
        if (entry?.standing !== 'pending') continue;
        model.challenge(of);
        const { document } = await challenge(books, entry);
        const { commitments } = readChallenge(document, 'the challenge').challenge;
        const root = model.registrations.get(of)!.challenge;
        expect(commitments).toBe(root === null ? null : BigInt(root!));
      } else if (each.kind === 'link') {
        const of = chosen(own(each.client), each.back);
        const outcome = await books.acceptLink(linkOf({ digest: of }));
        const said = outcome.kind === 'refused' ? outcome.refusal.code : 'linked';
        expect(said).toBe(model.link(of));
        seen.add(said);
      } else {
        const of = chosen(own(each.client), each.back);
        const last = model.registrations.get(of)?.answers.at(-1)?.root ?? null;
        const claim = finding(
          own(each.client),
          names.get(each.window) ?? digest(own(each.window)),
          {
            bundleDigest: digest(own(`bundle ${each.bundle}`)),
            registrationDigest: of,
            kept: { nothing: null, last, other: '99' }[each.keeps],
            rootAfter: `${1000 * run + index}`,
          },
        );
        const outcome = await books.recordVerdict(claim);
        const said = outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
        expect(said).toBe(model.judge(claim, claim.rootAfter));
        seen.add(said);
      }
    }

    expect((await books.status()).epoch).toBe(model.epoch);
    for (const each of ['ada', 'bob']) {
      const entries = await books.registrationsOf(own(each));
      expect(
        entries.map(({ digest: of, epoch, standing, entered }) => ({
          of,
          epoch,
          standing,
          entered,
        })),
      ).toEqual(
        model
          .of(own(each))
          .map(({ digest: of, epoch, standing, entered }) => ({ of, epoch, standing, entered })),
      );
      const answers = model.of(own(each)).flatMap((known) => known.answers);
      const history = await books.history(own(each));
      expect(history.map(({ epoch, root }) => ({ epoch, root }))).toEqual(answers);
      const current = await books.commitment(own(each));
      expect(current?.root).toBe(model.withStanding(own(each), 'current')?.answers.at(-1)?.root);
    }
    const roots = (await books.currentRoots()).filter(
      (root) => Math.floor(Number(root) / 1000) === run,
    );
    expect(roots.sort()).toEqual(model.roots());
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30, size: 'max' }), agree),
    { numRuns: runs(40), examples: [[[...judged]], [[...renewed]]] },
  );
  expect([...seen].sort()).toEqual([
    'accepted',
    'already-unlearned',
    'current',
    'late-registration',
    'linked',
    'no-challenge',
    'no-reregistration',
    'not-current',
    'not-pending',
    'older-window',
    'other-unscoped',
    'outdated-registration',
    'pending',
    'pending-registration',
    'replayed',
    'stale-commitment',
    'superseded',
    'taken-name',
    'unanswered-window',
    'unknown-registration',
    'unknown-window',
  ]);
});
