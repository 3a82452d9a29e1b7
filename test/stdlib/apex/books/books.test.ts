// The rules of the books, each on clients of its own. windows.test.ts has the rules of windows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type { Books, NewEntry } from '../../../../stdlib/apex/books/index.ts';
import {
  digest,
  entryFor,
  finding,
  issue,
  registration,
  registrationOf,
  Shelf,
  byWord,
  linked,
} from './entries.ts';

let shelf: Shelf;
let books: Books;
beforeAll(async () => {
  shelf = await Shelf.make();
  books = await openBooks(await shelf.fresh('books'), { durable: false });
});
afterAll(async () => {
  await books.close();
  await shelf.remove();
});

const code = (expected: string): object => ({ diagnostics: [{ code: expected }] });

describe('epochs', () => {
  test('a window closes the epoch of the registrations before it', async () => {
    const { epoch } = await books.status();
    expect((await books.register(registration('ada'), linked)).epoch).toBe(epoch);
    expect((await issue(books)).epoch).toBe(epoch);
    expect((await books.register(registration('bob'), linked)).epoch).toBe(epoch + 1);
    expect((await books.status()).epoch).toBe(epoch + 1);
  });

  test('the same registration again returns the first entry with its epoch, and changes nothing', async () => {
    const entered = await books.register(registration('carol'), linked);
    await issue(books);
    const before = await books.status();
    expect(await books.register(registration('carol'), linked)).toEqual(entered);
    expect(await books.status()).toEqual(before);
  });
});

describe('registrations', () => {
  test('another digest supersedes, and begins without a commitment', async () => {
    await books.register(registration('dan'), linked);
    const window = await issue(books);
    const outcome = await books.recordVerdict(finding('dan', window.digest));
    const commitment = {
      registrationDigest: registration('dan').digest,
      windowDigest: window.digest,
      epoch: window.epoch,
      root: '101',
      verdict: outcome.verdict.number,
    };
    expect(await books.commitment('dan')).toEqual(commitment);
    await books.register(registration('dan', 2), byWord);
    const [first, second] = [registration('dan'), registration('dan', 2)];
    expect(await books.registration(first.digest)).toMatchObject({
      ...first,
      supersededBy: second.digest,
    });
    expect(await books.registrationOf('dan')).toMatchObject({ ...second, supersededBy: null });
    expect(await books.commitment('dan')).toBeUndefined();
    expect(await books.history('dan')).toEqual([commitment]);
    const own = await books.registrationsOf('dan');
    expect(own.map((each) => each.digest)).toEqual([first.digest, second.digest]);
    expect((await books.registrations()).filter(({ client }) => client === 'dan')).toEqual(own);
  });

  test('another plan, another digest than that of the document, or another text', async () => {
    await books.register(registration('eve'), linked);
    const other = registration('eve', 2, { plan: digest('other plan') });
    await expect(books.register(other, linked)).rejects.toMatchObject(code('other-plan'));
    const known = registration('eve');
    const { document } = registration('eve', 2);
    const forged = { ...known, document };
    await expect(books.register(forged, linked)).rejects.toMatchObject(code('bad-books-entry'));
    const spelled = { ...known, document: ` ${known.document}` };
    await expect(books.register(spelled, linked)).rejects.toMatchObject(code('other-entry'));
    expect(await books.registrationOf('eve')).toMatchObject(known);
  });

  test('everything else is read from the document', async () => {
    const own = registrationOf('ely', 1, { root: 77n });
    const entered = await books.register(entryFor(own), linked);
    expect(entered).toMatchObject({
      client: 'ely',
      planDigest: own.plan,
      root: '77',
      unscoped: own.unscoped,
      windowDigest: null,
      signer: own.signer,
      supersededBy: null,
    });
  });

  test('the window that it compensates for is one of the books', async () => {
    const unknown = registration('eli', 1, { window: digest('nowhere') });
    await expect(books.register(unknown, linked)).rejects.toMatchObject(code('unknown-window'));
    expect(await books.registrationOf('eli')).toBeUndefined();
    const { digest: known } = await issue(books);
    const entered = await books.register(registration('eli', 1, { window: known }), linked);
    expect(entered.windowDigest).toBe(known);
  });

  test('nobody is found under an unknown name', async () => {
    expect(await books.registrationOf('nobody')).toBeUndefined();
    expect(await books.registration(digest('nothing'))).toBeUndefined();
    expect(await books.window(digest('nothing'))).toBeUndefined();
    expect(await books.commitment('nobody')).toBeUndefined();
    expect(await books.history('nobody')).toEqual([]);
  });
});

describe('verdicts', () => {
  test('an accepted one is the commitment, once', async () => {
    const entered = await books.register(registration('fay'), linked);
    const window = await issue(books);
    const good = finding('fay', window.digest);
    expect(await books.beginVerdict(good)).toEqual({
      kind: 'open',
      registration: entered,
      window,
      current: undefined,
    });
    const outcome = await books.recordVerdict(good);
    const commitment = {
      registrationDigest: entered.digest,
      windowDigest: window.digest,
      epoch: window.epoch,
      root: '101',
      verdict: outcome.verdict.number,
    };
    expect(outcome).toMatchObject({ kind: 'accepted', verdict: good, commitment });
    expect(await books.commitment('fay')).toEqual(commitment);
    const own = (await books.standings()).find((each) => each.registration.client === 'fay');
    expect(own).toEqual({ registration: entered, answered: 1, current: commitment });
    expect(await books.currentRoots()).toContain('101');

    const before = await books.status();
    const replay = {
      kind: 'replayed',
      refusal: { code: 'replayed-bundle' },
      verdict: outcome.verdict,
    };
    expect(await books.beginVerdict(good)).toMatchObject(replay);
    expect(await books.recordVerdict(good)).toMatchObject(replay);
    expect(await books.status()).toEqual(before);
  });

  test('windows in their order, some of them skipped, with and without what was kept', async () => {
    await books.register(registration('gus'), linked);
    const windows = [];
    for (let i = 0; i < 4; i++) windows.push(await issue(books));
    const [first, second, third, fourth] = windows.map((each) => each.digest);
    const judged = async (of: string, kept: string | null, rootAfter: string): Promise<string> => {
      const claim = finding('gus', of, { kept, rootAfter, bundleDigest: digest(rootAfter) });
      const outcome = await books.recordVerdict(claim);
      return 'refusal' in outcome ? outcome.refusal.code : outcome.kind;
    };
    expect(await judged(second!, '100', '201')).toBe('stale-commitment');
    expect(await judged(second!, null, '202')).toBe('accepted');
    // The weights of the second one would come back.
    expect(await judged(first!, null, '203')).toBe('older-window');
    expect(await judged(first!, '202', '204')).toBe('older-window');
    expect(await judged(second!, '202', '205')).toBe('already-unlearned');
    expect(await judged(third!, '201', '206')).toBe('stale-commitment');
    expect(await judged(third!, '202', '207')).toBe('accepted');
    expect(await judged(fourth!, '202', '208')).toBe('stale-commitment');
    expect(await judged(fourth!, null, '209')).toBe('accepted');
    expect(await judged(second!, null, '210')).toBe('older-window');
    const roots = (await books.history('gus')).map(({ epoch, root }) => [epoch, root]);
    const epochs = windows.map(({ epoch }) => epoch);
    expect(roots).toEqual([
      [epochs[1], '202'],
      [epochs[2], '207'],
      [epochs[3], '209'],
    ]);
  });

  test('two that keep from the same commitment at once: one is stale in its transaction', async () => {
    await books.register(registration('gil'), linked);
    const windows = [await issue(books), await issue(books), await issue(books)];
    await books.recordVerdict(finding('gil', windows[0]!.digest, { rootAfter: '301' }));
    const claims = [1, 2].map((i) =>
      finding('gil', windows[i]!.digest, { kept: '301', rootAfter: `30${i + 1}` }),
    );
    // Both stand when they are begun.
    for (const claim of claims)
      expect(await books.beginVerdict(claim)).toMatchObject({
        kind: 'open',
        current: { root: '301' },
      });
    const outcomes = await Promise.all(claims.map((claim) => books.recordVerdict(claim)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'refused']);
    const refused = outcomes.find((each) => each.kind === 'refused');
    // Whichever came second kept from a root that was no longer the last one, or is older than it.
    expect(refused).toMatchObject({
      refusal: { code: expect.stringMatching(/^(stale-commitment|older-window)$/) as string },
    });
    expect(await books.history('gil')).toHaveLength(2);
  });

  test('a registration that is superseded between the two is refused in the transaction', async () => {
    await books.register(registration('gwen'), linked);
    const claim = finding('gwen', (await issue(books)).digest);
    expect((await books.beginVerdict(claim)).kind).toBe('open');
    await books.register(registration('gwen', 2), byWord);
    expect(await books.recordVerdict(claim)).toMatchObject({ refusal: { code: 'superseded' } });
  });

  test.each([
    'unknown-registration',
    'unknown-window',
    'stale-commitment',
    'late-registration',
    'superseded',
  ])('%s: refused, and the refusal is in the books', async (expected) => {
    const again = `again.${expected}`;
    for (const client of ['hal', again]) await books.register(registration(client), linked);
    const { digest: window } = await issue(books);
    await books.register(registration('late'), linked);
    await books.register(registration(again, 2), byWord);
    const claim = {
      'unknown-registration': finding('nobody', window),
      'unknown-window': finding('hal', digest('nowhere')),
      'stale-commitment': finding('hal', window, { kept: '99' }),
      'late-registration': finding('late', (await books.windows())[0]!.digest),
      superseded: finding(again, window),
    }[expected]!;
    const before = await books.history('hal');
    const refusal = { code: expected };
    expect(await books.beginVerdict(claim)).toMatchObject({ kind: 'refused', refusal });
    const outcome = await books.recordVerdict(claim);
    expect(outcome).toMatchObject({ kind: 'refused', refusal });
    const entered = await books.verdicts({ bundleDigest: claim.bundleDigest });
    expect(entered.at(-1)).toEqual(outcome.verdict);
    expect(outcome.verdict).toMatchObject({ accepted: false, reason: refusal });
    expect(await books.history('hal')).toEqual(before);
  });

  test('a rejected bundle has one verdict for each reason, and may be accepted later', async () => {
    await books.register(registration('jon'), linked);
    const { digest: window } = await issue(books);
    const reason = { code: 'bad-proof', text: 'tile 3: the proof does not verify' };
    const bad = finding('jon', window, { accepted: false, reason });
    const first = await books.recordVerdict(bad);
    expect(first).toMatchObject({ kind: 'rejected', verdict: { reason } });
    expect(await books.recordVerdict(bad)).toEqual(first);
    const other = { code: 'bad-opening', text: 'the opening has 2 siblings' };
    await books.recordVerdict({ ...bad, reason: other });
    expect(await books.recordVerdict(finding('jon', window))).toMatchObject({ kind: 'accepted' });
    const all = await books.verdicts({ registrationDigest: registration('jon').digest });
    expect(all.map(({ accepted }) => accepted)).toEqual([false, false, true]);
    expect(await books.verdicts({ windowDigest: window, accepted: true })).toEqual([all[2]]);
  });

  test('the same bundle many times at once is accepted once', async () => {
    await books.register(registration('kim'), linked);
    const { digest: window } = await issue(books);
    const claims = Array.from({ length: 6 }, () => finding('kim', window));
    const outcomes = await Promise.all(claims.map((claim) => books.recordVerdict(claim)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      'accepted',
      ...Array<string>(5).fill('replayed'),
    ]);
    expect(await books.history('kim')).toHaveLength(1);
  });
});

test.each<[string, string, Partial<NewEntry>]>([
  ['a digest in capitals', 'bad-books-entry', { digest: digest('x').toUpperCase() }],
  ['a short digest', 'bad-books-entry', { digest: 'abc' }],
  ['half a character', 'bad-books-entry', { document: '{"a":"\ud800"}' }],
  ['a document that is no JSON', 'bad-books-entry', { document: '{' }],
  ['a document of another kind', 'bad-document', { document: '{}' }],
])('%s is not entered', async (_, expected, change) => {
  const entry = { ...registration('zoe'), ...change };
  await expect(books.register(entry, linked)).rejects.toMatchObject(code(expected));
});

test('an accepted finding has no reason, a rejected one has', async () => {
  const reason = { code: 'x', text: 'y' };
  const w = digest('w');
  for (const wrong of [
    finding('a', w, { reason }),
    finding('a', w, { accepted: false }),
    finding('a', w, { kept: '01' }),
  ])
    await expect(books.recordVerdict(wrong)).rejects.toMatchObject(code('bad-books-entry'));
});
