// Who may register under a name, and how a registration takes the place of another one: refusals, challenges, links, races. Each
// test has a client of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type {
  Books,
  NewEntry,
  RegisterChoice,
  RegistrationRecord,
} from '../../../../stdlib/apex/books/index.ts';
import {
  canonicalText,
  challengeDigest,
  challengeDocument,
  generateSigningKey,
  readChallenge,
  readSigningKey,
  type Challenge,
  type Reregister,
} from '../../../../stdlib/apex/documents/index.ts';
import { codeOf } from '../codes.ts';
import {
  byWord,
  challenge,
  digest,
  everything,
  finding,
  issue,
  linked,
  linkOf,
  registration,
  renewal,
  Shelf,
} from './entries.ts';

let shelf: Shelf;
let books: Books;
/** Digest of the last window. */
let last: string;
beforeAll(async () => {
  shelf = await Shelf.make();
  books = await openBooks(await shelf.fresh('owners'), { durable: false });
  last = (await issue(books)).digest;
});
afterAll(async () => {
  await books.close();
  await shelf.remove();
});

const any: RegisterChoice = { policy: 'any' };

/** Why a registration is refused, before the long work and after it. Nothing is entered. */
async function refusalOf(entry: NewEntry, choice: RegisterChoice = linked): Promise<string> {
  const before = await everything(books);
  const foreseen = await codeOf(() => books.foreseeRegistration(entry, choice));
  expect(await codeOf(() => books.register(entry, choice))).toBe(foreseen);
  expect(await everything(books)).toEqual(before);
  return foreseen;
}

const standingOf = async (of: NewEntry) => (await books.registration(of.digest))?.standing;

/** A registration that compensates for the last window, and replaces the one before it. */
const anew = (client: string, version = 2, changes = {}): NewEntry =>
  renewal(client, version, { window: last, ...changes });

/** A client with a registration of the current epoch: no window was issued since. */
const registered = (client: string): Promise<RegistrationRecord> =>
  books.register(registration(client), linked);

/** Issues the next window, and accepts the answer of a client's first registration to it. */
async function answered(client: string, rootAfter = '101'): Promise<void> {
  last = (await issue(books)).digest;
  const outcome = await books.recordVerdict(finding(client, last, { rootAfter }));
  expect(outcome.kind).toBe('accepted');
}

/** A client whose second registration waits for its link. */
async function waiting(client: string): Promise<RegistrationRecord> {
  await registered(client);
  const entered = await books.register(anew(client), linked);
  expect(entered.standing).toBe('pending');
  return entered;
}

describe('a name has one owner', () => {
  test('taken-name: nothing is replaced, by the same key or another, in these letters or others', async () => {
    await registered('ada');
    for (const entry of [
      registration('ada', 2),
      registration('ada', 2, { key: 'mallory' }),
      registration('ADA', 2, { key: 'mallory' }),
      registration('Ada', 1, { key: 'ada' }),
    ])
      for (const choice of [linked, any, { policy: 'never' } as const])
        expect(await refusalOf(entry, choice)).toBe('taken-name');
    expect(await books.registrationOf('ADA')).toMatchObject(registration('ada'));
  });

  test('taken-name: the consent of another key', async () => {
    await registered('ann');
    for (const former of ['mallory', 'ada'])
      for (const choice of [linked, any])
        expect(await refusalOf(anew('ann', 2, { former }), choice)).toBe('taken-name');
  });

  test('not-current: nothing of that name, an unknown one, one of another client, or a superseded one', async () => {
    const [first, own] = [await registered('abe'), await registered('abel')];
    expect(await refusalOf(registration('nobody', 1, { replaces: first.digest }))).toBe(
      'not-current',
    );
    expect(await refusalOf(anew('abe', 2, { replaces: digest('unknown') }))).toBe('not-current');
    const stolen = { replaces: own.digest, key: 'abel', former: 'abel' };
    expect(await refusalOf(anew('abe', 2, stolen), any)).toBe('not-current');
    await books.register(anew('abe'), any);
    expect(await refusalOf(anew('abe', 3, { replaces: first.digest }), any)).toBe('not-current');
  });

  test('the name may be written in other letters by its owner', async () => {
    const first = await registered('amy');
    const entry = registration('AMY', 2, { key: 'amy', former: 'amy', replaces: first.digest });
    await books.register(entry, any);
    expect(await books.registrationOf('amy')).toMatchObject({ client: 'AMY', entered: 'consent' });
    expect(await books.registrationsOf('Amy')).toHaveLength(2);
    expect(await books.history('aMy')).toEqual([]);
  });

  test('first ones, and the same again', async () => {
    const first = await registered('al');
    expect(first).toMatchObject({ standing: 'current', entered: 'first', replaces: null });
    for (const choice of [linked, any, byWord, { policy: 'never' } as const]) {
      expect(await books.register(registration('al'), choice)).toEqual(first);
      expect(await books.foreseeRegistration(registration('al'), choice)).toEqual(first);
    }
    const word = await books.register(registration('ali'), byWord);
    expect(word.entered).toBe('first');
    const foreseen = await books.foreseeRegistration(registration('alia'), linked);
    expect([foreseen, await books.registrationOf('alia')]).toEqual([undefined, undefined]);
  });
});

describe('policies', () => {
  const policies: readonly Reregister[] = ['never', 'linked', 'any'];
  const consents = ['none', 'of another key', 'right'] as const;
  const cases = policies
    .flatMap((policy) =>
      consents.flatMap((consent) =>
        ['same key', 'new key'].flatMap((key) =>
          [true, false].map((answers) => [policy, consent, key, answers] as const),
        ),
      ),
    )
    .map((each, index) => [...each, `client.${index}`] as const);

  const expected = (policy: Reregister, consent: string, answers: boolean): string => {
    if (consent !== 'right') return 'taken-name';
    if (policy === 'never') return 'no-reregistration';
    if (policy === 'any') return 'current';
    return answers ? 'pending' : 'unanswered-window';
  };

  test.each(cases)(
    '%s, consent: %s, %s, window answered: %s',
    async (policy, consent, key, answers, client) => {
      const first = await registered(client);
      if (answers) await answered(client);
      else last = (await issue(books)).digest;
      const entry = registration(client, 2, {
        window: last,
        replaces: consent === 'none' ? null : first.digest,
        former: consent === 'right' ? client : 'mallory',
        key: key === 'same key' ? client : `another of ${client}`,
      });
      const result = expected(policy, consent, answers);
      if (result !== 'pending' && result !== 'current') {
        expect(await refusalOf(entry, { policy })).toBe(result);
        expect(await standingOf(first)).toBe('current');
        return;
      }
      const entered = await books.register(entry, { policy });
      const isCurrent = result === 'current';
      expect(entered).toMatchObject({
        standing: result,
        entered: isCurrent ? 'consent' : null,
        replaces: first.digest,
        epoch: (await books.status()).epoch,
      });
      expect(await standingOf(first)).toBe(isCurrent ? 'superseded' : 'current');
      expect(await books.register(entry, { policy })).toEqual(entered);
    },
  );
});

describe('linked', () => {
  test('other-unscoped', async () => {
    await registered('bea');
    const entry = anew('bea', 2, { unscoped: digest('other head') });
    expect(await refusalOf(entry)).toBe('other-unscoped');
  });

  test('outdated-registration: no window, or an older one', async () => {
    await registered('ben');
    const older = last;
    await answered('ben');
    for (const window of [null, older])
      expect(await refusalOf(anew('ben', 2, { window }))).toBe('outdated-registration');
    expect((await books.register(anew('ben'), linked)).standing).toBe('pending');
  });

  test('unanswered-window: the last one, whatever was answered before', async () => {
    await registered('bob');
    await answered('bob');
    last = (await issue(books)).digest;
    expect(await refusalOf(anew('bob'))).toBe('unanswered-window');
    await books.recordVerdict(finding('bob', last, { bundleDigest: digest('bob, second') }));
    expect((await books.register(anew('bob'), linked)).standing).toBe('pending');
  });

  test('one that is younger than every window needs no answer', async () => {
    const { epoch } = await registered('bud');
    const pending = await books.register(anew('bud'), linked);
    expect(pending).toMatchObject({ standing: 'pending', epoch });
    expect(readChallenge((await challenge(books, pending)).document, 'c').challenge).toMatchObject({
      commitments: null,
      window: last,
    });
  });

  test('pending-registration: another one waits', async () => {
    const pending = await waiting('bo');
    expect(await refusalOf(registration('bo', 3, { ...pendingChanges(pending) }))).toBe(
      'pending-registration',
    );
    // Nor may one replace the one that waits.
    expect(await refusalOf(anew('bo', 3, { replaces: pending.digest }))).toBe('not-current');
    expect(await books.register(anew('bo'), linked)).toEqual(pending);
    expect(await books.pendingOf('BO')).toEqual(pending);
  });

  const pendingChanges = ({ replaces }: RegistrationRecord) => ({ window: last, replaces });

  test('a pending one is judged with no bundle, and the former one goes on', async () => {
    const pending = await waiting('bev');
    await answered('bev', '111');
    const claim = finding('bev', last, {
      registrationDigest: pending.digest,
      bundleDigest: digest('of a pending one'),
    });
    const refusal = { code: 'pending-registration' };
    expect(await books.beginVerdict(claim)).toMatchObject({ kind: 'refused', refusal });
    expect(await books.recordVerdict(claim)).toMatchObject({ kind: 'refused', refusal });
    expect(await books.commitment('bev')).toMatchObject({ root: '111' });
    expect(
      (await books.standings()).find(
        (each) => each.pending?.registration.digest === pending.digest,
      ),
    ).toMatchObject({
      registration: { ...registration('bev'), standing: 'current' },
      pending: { registration: pending, challenge: undefined },
    });
  });
});

describe('challenges', () => {
  const key = readSigningKey(generateSigningKey());
  const entryOf = (own: Challenge): NewEntry => ({
    digest: challengeDigest(own),
    document: canonicalText(challengeDocument(own, key)),
  });
  const rightOf = ({
    planDigest,
    digest: of,
    replaces,
    epoch,
    windowDigest,
  }: RegistrationRecord) => ({
    plan: planDigest,
    registration: of,
    replaces: replaces!,
    epoch,
    window: windowDigest,
    commitments: null,
    nonce: digest(`nonce of ${of}`),
  });

  test('the first one stands', async () => {
    const pending = await waiting('cal');
    expect(await books.challenge(pending.digest)).toBeUndefined();
    const first = await challenge(books, pending);
    expect(await books.challenge(pending.digest)).toEqual(first);
    expect(await challenge(books, pending)).toEqual(first);
    expect(await books.enterChallenge(entryOf(rightOf(pending)))).toEqual(first);
    const spelled = { ...first, document: ` ${first.document}` };
    expect(await codeOf(() => books.enterChallenge(spelled))).toBe('other-entry');
  });

  test('many that are drawn at once are one', async () => {
    const pending = await waiting('cam');
    const drawn = await Promise.all([1, 2, 3, 4].map(() => challenge(books, pending)));
    expect(new Set(drawn.map((each) => each.digest)).size).toBe(1);
  });

  test('name the answer to the window before their epoch', async () => {
    await registered('cy');
    await answered('cy', '121');
    const pending = await books.register(anew('cy'), linked);
    await answered('cy', '122');
    const { challenge: own } = readChallenge((await challenge(books, pending)).document, 'c');
    expect(own).toMatchObject({ commitments: 121n, epoch: pending.epoch });
    expect(own.window).toBe(pending.windowDigest);
  });

  test('say what the books say', async () => {
    await registered('cat');
    await answered('cat', '131');
    const pending = await books.register(anew('cat'), linked);
    const right = { ...rightOf(pending), commitments: 131n };
    const changes: readonly Partial<Challenge>[] = [
      { plan: digest('other plan') },
      { replaces: digest('other') },
      { epoch: pending.epoch + 1 },
      { window: digest('other') },
      { commitments: null },
      { commitments: 132n },
    ];
    for (const change of changes)
      expect(
        await codeOf(() => books.enterChallenge(entryOf({ ...right, ...change }))),
        Object.keys(change)[0],
      ).toBe('bad-books-entry');
    const { document } = entryOf(right);
    expect(await codeOf(() => books.enterChallenge({ digest: digest('x'), document }))).toBe(
      'bad-books-entry',
    );
    expect(await books.challenge(pending.digest)).toBeUndefined();
    expect((await books.enterChallenge(entryOf(right))).document).toBe(document);
  });

  test('are drawn for pending registrations alone', async () => {
    const current = await registered('cora');
    const made = (changes: Partial<Challenge>) => () =>
      books.enterChallenge(
        entryOf({ ...rightOf(current), replaces: digest('x'), window: last, ...changes }),
      );
    expect(await codeOf(made({ registration: digest('nothing') }))).toBe('unknown-registration');
    expect(await codeOf(made({}))).toBe('not-pending');
    const pending = await books.register(anew('cora'), linked);
    await books.register(anew('cora', 3), byWord);
    expect(await codeOf(made({ registration: pending.digest }))).toBe('superseded');
  });
});

describe('links', () => {
  test('make the pending one current in its epoch, and supersede the one that it replaces', async () => {
    const first = await registered('dan');
    await answered('dan', '141');
    const pending = await books.register(anew('dan'), linked);
    await challenge(books, pending);
    await answered('dan', '142');
    const outcome = await books.acceptLink(linkOf(pending));
    const current = { ...pending, standing: 'current', entered: 'link' };
    expect(outcome).toMatchObject({
      kind: 'accepted',
      registration: current,
      link: linkOf(pending),
    });
    expect(await books.registrationOf('dan')).toEqual(current);
    expect(await books.pendingOf('dan')).toBeUndefined();
    expect(await books.registration(first.digest)).toMatchObject({
      standing: 'superseded',
      supersededBy: pending.digest,
    });
    const same = anew('dan', 2, { window: pending.windowDigest });
    expect(await books.register(same, linked)).toEqual(current);
    expect(await refusalOf(registration('dan'))).toBe('superseded');
    // It has to answer itself for positions that were masked since it was entered.
    expect(await books.commitment('dan')).toBeUndefined();
    const claim = finding('dan', last, {
      registrationDigest: pending.digest,
      bundleDigest: digest('dan anew'),
      rootAfter: '143',
    });
    expect((await books.recordVerdict(claim)).kind).toBe('accepted');
  });

  test('the same again, and another one, leave the first', async () => {
    const pending = await waiting('deb');
    await challenge(books, pending);
    const first = await books.acceptLink(linkOf(pending));
    const before = await everything(books);
    expect(await books.acceptLink(linkOf(pending))).toEqual(first);
    expect(await books.acceptLink(linkOf(pending, 'another'))).toEqual(first);
    expect(await everything(books)).toEqual(before);
    expect(await books.link(pending.digest)).toMatchObject(linkOf(pending));
  });

  test('are refused without a challenge, for no registration, a current one, and a dropped one', async () => {
    const refused = async (of: string): Promise<string> => {
      const before = await everything(books);
      const outcome = await books.acceptLink(linkOf({ digest: of }));
      expect(await everything(books)).toEqual(before);
      return outcome.kind === 'refused' ? outcome.refusal.code : 'accepted';
    };
    const pending = await waiting('dot');
    expect(await refused(pending.digest)).toBe('no-challenge');
    expect(await refused(digest('nothing'))).toBe('unknown-registration');
    expect(await refused(pending.replaces!)).toBe('not-pending');
    await challenge(books, pending);
    await books.register(anew('dot', 3), byWord);
    expect(await refused(pending.digest)).toBe('superseded');
    expect(await refused(pending.replaces!)).toBe('superseded');
    const wrong = { ...linkOf(pending), bundleDigest: 'x' };
    expect(await codeOf(() => books.acceptLink(wrong))).toBe('bad-books-entry');
  });

  test('one after the other', async () => {
    let version = 1;
    await registered('don');
    for (; version < 4; version++) {
      const pending = await books.register(anew('don', version + 1, changesOf(version)), linked);
      await challenge(books, pending);
      expect((await books.acceptLink(linkOf(pending))).kind).toBe('accepted');
    }
    const all = await books.registrationsOf('don');
    expect(all.map((each) => [each.standing, each.entered])).toEqual([
      ['superseded', 'first'],
      ['superseded', 'link'],
      ['superseded', 'link'],
      ['current', 'link'],
    ]);
  });

  const changesOf = (version: number): { replaces: string } => ({
    replaces: (version === 1 ? registration('don') : chained(version)).digest,
  });
  const chained = (version: number): NewEntry => anew('don', version, changesOf(version - 1));
});

describe("the provider's word", () => {
  test('needs neither consent nor a link, and drops the one that waits', async () => {
    const pending = await waiting('eli');
    await challenge(books, pending);
    const stranger = registration('eli', 3, { key: 'new key of eli' });
    const entered = await books.register(stranger, byWord);
    expect(entered).toMatchObject({ standing: 'current', entered: 'replace', replaces: null });
    const dropped = { standing: 'dropped', entered: null, supersededBy: entered.digest };
    expect(await books.registration(pending.digest)).toMatchObject(dropped);
    expect(await standingOf(registration('eli'))).toBe('superseded');
    for (const choice of [linked, any, byWord])
      for (const entry of [registration('eli'), anew('eli')])
        expect(await refusalOf(entry, choice)).toBe('superseded');
  });

  test('makes the very one that waits current, in its epoch', async () => {
    const pending = await waiting('emma');
    const entry = anew('emma');
    last = (await issue(books)).digest;
    const entered = await books.register(entry, byWord);
    expect(entered).toEqual({ ...pending, standing: 'current', entered: 'replace' });
    expect(await standingOf(registration('emma'))).toBe('superseded');
    expect((await books.acceptLink(linkOf(pending))).kind).toBe('refused');
  });

  test.each<Reregister>(['never', 'linked', 'any'])('overrules %s', async (policy) => {
    const client = `eve.${policy}`;
    await registered(client);
    const entered = await books.register(registration(client, 2), { policy, replace: true });
    expect(entered.entered).toBe('replace');
  });

  test('takes one that replaces what these books do not know', async () => {
    const entry = registration('ella', 2, { replaces: digest('elsewhere') });
    expect(await refusalOf(entry)).toBe('not-current');
    expect(await books.register(entry, byWord)).toMatchObject({ entered: 'replace' });
  });

  test('is no word for a window that these books do not have', async () => {
    await registered('ed');
    const entry = registration('ed', 2, { window: digest('nowhere') });
    expect(await refusalOf(entry, byWord)).toBe('unknown-window');
  });
});

describe('roots of commitments', () => {
  test('of a challenge are current until it is linked or dropped, from before the nonce is drawn', async () => {
    const current = async (): Promise<boolean> => (await books.currentRoots()).includes('151');
    for (const [client, isLinked] of [
      ['fay', true],
      ['fred', false],
    ] as const) {
      await registered(client);
      await answered(client, '151');
      const pending = await books.register(anew(client), linked);
      await answered(client, '152');
      expect(await current()).toBe(true);
      await challenge(books, pending);
      expect(await current()).toBe(true);
      if (isLinked) await books.acceptLink(linkOf(pending));
      else await books.register(registration(client, 3), byWord);
      expect(await current()).toBe(false);
    }
  });
});

describe('at once', () => {
  test('two first registrations of a name: one owner', async () => {
    const entries = ['gil', 'GIL', 'Gil'].map((name) => registration(name, 1));
    const codes = await Promise.all(
      entries.map((entry) => codeOf(() => books.register(entry, linked))),
    );
    expect(codes.sort()).toEqual(['none', 'taken-name', 'taken-name']);
  });

  test('the same one many times: one entry', async () => {
    const all = await Promise.all([1, 2, 3].map(() => books.register(registration('gus'), linked)));
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  test('two that wait: one', async () => {
    const first = await registered('gwen');
    const codes = await Promise.all(
      [2, 3].map((version) =>
        codeOf(() => books.register(anew('gwen', version, { replaces: first.digest }), linked)),
      ),
    );
    expect(codes.sort()).toEqual(['none', 'pending-registration']);
  });

  test('two with consent: the second one is not that of the current key', async () => {
    const first = await registered('gay');
    const codes = await Promise.all(
      [2, 3].map((version) =>
        codeOf(() => books.register(anew('gay', version, { replaces: first.digest }), any)),
      ),
    );
    expect(codes.sort()).toEqual(['none', 'not-current']);
  });

  test('a link that is accepted twice', async () => {
    const pending = await waiting('hal');
    await challenge(books, pending);
    const outcomes = await Promise.all(
      ['a', 'b'].map((name) => books.acceptLink(linkOf(pending, name))),
    );
    expect(outcomes[0]).toEqual(outcomes[1]);
  });

  test.each([true, false])('a link and the provider’s word, the link first: %s', async (first) => {
    const client = `hank.${first}`;
    const pending = await waiting(client);
    await challenge(books, pending);
    const link = () => books.acceptLink(linkOf(pending));
    const word = () => books.register(registration(client, 3), byWord);
    const [a, b] = await Promise.all(first ? [link(), word()] : [word(), link()]);
    expect((first ? a : b) as object).toMatchObject({ kind: first ? 'accepted' : 'refused' });
    expect(await standingOf(pending)).toBe(first ? 'superseded' : 'dropped');
    expect(await books.registrationOf(client)).toMatchObject({ entered: 'replace' });
  });

  test('a registration and a window', async () => {
    const first = await registered('hope');
    await answered('hope');
    const entry = anew('hope');
    const before = await books.status();
    const [code] = await Promise.all([
      codeOf(() => books.register(entry, linked)),
      issue(books).then((window) => (last = window.digest)),
    ]);
    const entered = await books.registration(entry.digest);
    if (code === 'none') expect(entered).toMatchObject({ epoch: before.epoch });
    else expect([code, entered]).toEqual(['outdated-registration', undefined]);
    expect(await standingOf(first)).toBe('current');
  });

  test('a link and an answer of the former registration', async () => {
    const pending = await waiting('ida');
    await challenge(books, pending);
    last = (await issue(books)).digest;
    const claim = finding('ida', last);
    expect((await books.beginVerdict(claim)).kind).toBe('open');
    const [outcome] = await Promise.all([
      books.recordVerdict(claim),
      books.acceptLink(linkOf(pending)),
    ]);
    if (outcome.kind !== 'accepted')
      expect(outcome).toMatchObject({ refusal: { code: 'superseded' } });
    expect(await books.registrationOf('ida')).toMatchObject({ digest: pending.digest });
  });
});
