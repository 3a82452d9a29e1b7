// The rules of the books, each on clients and windows of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type { Books } from '../../../../stdlib/apex/books/index.ts';
import { digest, finding, registration, Shelf, window } from './entries.ts';

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
    expect((await books.register(registration('ada'))).epoch).toBe(epoch);
    expect((await books.issueWindow(window('ada'))).epoch).toBe(epoch);
    expect((await books.register(registration('bob'))).epoch).toBe(epoch + 1);
    expect((await books.status()).epoch).toBe(epoch + 1);
  });

  test('the same entry again returns the first one and changes nothing', async () => {
    const entered = await books.register(registration('carol'));
    const issued = await books.issueWindow(window('carol'));
    const before = await books.status();
    expect(await books.register(registration('carol'))).toEqual(entered);
    expect(await books.issueWindow(window('carol'))).toEqual(issued);
    expect(await books.status()).toEqual(before);
  });

  test('many at once: each window closes an epoch of its own', async () => {
    const names = ['p', 'q', 'r', 's'];
    const issued = await Promise.all(names.map((name) => books.issueWindow(window(name))));
    expect(new Set(issued.map(({ epoch }) => epoch)).size).toBe(names.length);
  });
});

describe('registrations', () => {
  test('another digest supersedes, and begins a commitment anew', async () => {
    await books.register(registration('dan'));
    await books.register(registration('dan', 2));
    const [first, second] = [registration('dan'), registration('dan', 2)];
    expect(await books.registration(first.digest)).toMatchObject({
      ...first,
      supersededBy: second.digest,
    });
    expect(await books.registrationOf('dan')).toMatchObject({ ...second, supersededBy: null });
    expect(await books.commitment('dan')).toMatchObject({ sequence: 0, root: second.root });
    expect(await books.history('dan')).toEqual([
      {
        registrationDigest: first.digest,
        sequence: 0,
        root: first.root,
        unscoped: first.unscoped,
        verdict: null,
      },
      {
        registrationDigest: second.digest,
        sequence: 0,
        root: second.root,
        unscoped: second.unscoped,
        verdict: null,
      },
    ]);
    const own = (await books.registrations()).filter(({ client }) => client === 'dan');
    expect(own.map((each) => each.digest)).toEqual([first.digest, second.digest]);
  });

  test('another plan, or another content under a known digest, is refused', async () => {
    await books.register(registration('eve'));
    const other = { ...registration('eve', 2), planDigest: digest('other plan') };
    await expect(books.register(other)).rejects.toMatchObject(code('other-plan'));
    const forged = { ...registration('eve'), root: '7' };
    await expect(books.register(forged)).rejects.toMatchObject(code('other-entry'));
    await books.issueWindow(window('eve'));
    const remasked = { ...window('eve'), maskDigest: digest('other mask') };
    await expect(books.issueWindow(remasked)).rejects.toMatchObject(code('other-entry'));
    expect(await books.registrationOf('eve')).toMatchObject(registration('eve'));
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
  test('an accepted one moves the commitment on, once', async () => {
    const entered = await books.register(registration('fay'));
    const issued = await books.issueWindow(window('fay'));
    const good = finding('fay', 'fay');
    expect(await books.beginVerdict(good)).toMatchObject({
      kind: 'open',
      registration: entered,
      window: issued,
      current: { sequence: 0, root: '100' },
    });
    const outcome = await books.recordVerdict(good);
    const commitment = {
      registrationDigest: entered.digest,
      sequence: 1,
      root: '101',
      unscoped: entered.unscoped,
    };
    expect(outcome).toMatchObject({ kind: 'accepted', verdict: good, commitment });
    expect(await books.commitment('fay')).toEqual({
      ...commitment,
      verdict: outcome.verdict.number,
    });

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

  test('the next window starts from the commitment that was accepted last', async () => {
    await books.register(registration('gus'));
    await books.issueWindow(window('gus 1'));
    await books.issueWindow(window('gus 2'));
    expect(await books.recordVerdict(finding('gus', 'gus 1'))).toMatchObject({ kind: 'accepted' });
    const stale = finding('gus', 'gus 2');
    expect(await books.recordVerdict(stale)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'stale-commitment' },
      verdict: { accepted: false, reason: { code: 'stale-commitment' } },
    });
    const next = finding('gus', 'gus 2', { rootBefore: '101', rootAfter: '102' });
    expect(await books.recordVerdict(next)).toMatchObject({ kind: 'accepted' });
    const roots = (await books.history('gus')).map(({ sequence, root }) => [sequence, root]);
    expect(roots).toEqual([
      [0, '100'],
      [1, '101'],
      [2, '102'],
    ]);
  });

  test.each([
    ['unknown-registration', finding('nobody', 'hal')],
    ['unknown-window', finding('hal', 'nowhere')],
    ['stale-commitment', finding('hal', 'hal', { rootBefore: '99' })],
    ['registration-after-window', finding('late', 'hal')],
    ['superseded-registration', finding('again', 'hal')],
  ])('%s: refused, and the refusal is in the books', async (expected, claim) => {
    for (const client of ['hal', 'again']) await books.register(registration(client));
    await books.issueWindow(window('hal'));
    await books.register(registration('late'));
    await books.register(registration('again', 2));
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

  test('a second bundle for the same registration and window is a replay', async () => {
    await books.register(registration('ida'));
    await books.issueWindow(window('ida'));
    await books.recordVerdict(finding('ida', 'ida'));
    const second = finding('ida', 'ida', { bundleDigest: digest('another bundle of ida') });
    expect(await books.recordVerdict({ ...second, rootBefore: '101' })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'replayed-bundle' },
      verdict: { bundleDigest: second.bundleDigest, accepted: false },
    });
    expect((await books.history('ida')).length).toBe(2);
  });

  test('a rejected bundle is entered as often as it is judged, and may be accepted later', async () => {
    await books.register(registration('jon'));
    await books.issueWindow(window('jon'));
    const reason = { code: 'bad-proof', text: 'tile 3: the proof does not verify' };
    const bad = finding('jon', 'jon', { accepted: false, reason });
    for (const _ of [1, 2]) {
      expect(await books.recordVerdict(bad)).toMatchObject({
        kind: 'rejected',
        verdict: { reason },
      });
    }
    expect(await books.recordVerdict(finding('jon', 'jon'))).toMatchObject({ kind: 'accepted' });
    const all = await books.verdicts({ registrationDigest: registration('jon').digest });
    expect(all.map(({ accepted }) => accepted)).toEqual([false, false, true]);
    expect(await books.verdicts({ windowDigest: window('jon').digest, accepted: true })).toEqual([
      all[2],
    ]);
  });

  test('the same bundle many times at once is accepted once', async () => {
    await books.register(registration('kim'));
    await books.issueWindow(window('kim'));
    const claims = Array.from({ length: 6 }, () => finding('kim', 'kim'));
    const outcomes = await Promise.all(claims.map((claim) => books.recordVerdict(claim)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      'accepted',
      ...Array<string>(5).fill('replayed'),
    ]);
    expect((await books.history('kim')).length).toBe(2);
  });
});

test.each([
  ['a digest in capitals', { digest: digest('x').toUpperCase() }],
  ['a short digest', { unscoped: 'abc' }],
  ['a root with leading zeros', { root: '01' }],
  ['a root beyond the field', { root: `${2n ** 255n}` }],
  ['no client', { client: '' }],
  ['half a character', { client: '\ud800' }],
  ['a document that is no JSON', { document: '{' }],
])('%s is not entered', async (_, change) => {
  const entry = { ...registration('zoe'), ...change };
  await expect(books.register(entry)).rejects.toMatchObject(code('bad-books-entry'));
});

test('an accepted finding has no reason, a rejected one has', async () => {
  const reason = { code: 'x', text: 'y' };
  for (const wrong of [finding('a', 'b', { reason }), finding('a', 'b', { accepted: false })]) {
    await expect(books.recordVerdict(wrong)).rejects.toMatchObject(code('bad-books-entry'));
  }
});
