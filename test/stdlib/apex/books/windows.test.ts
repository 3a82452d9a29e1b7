// The rules of windows in the books: each follows the last one, and only adds to its history.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type { Books } from '../../../../stdlib/apex/books/index.ts';
import type { History, Window } from '../../../../stdlib/apex/documents/index.ts';
import { codeOf } from '../codes.ts';
import { digest, entryOf, issue, Shelf, windowAt, windowDigestAt } from './entries.ts';

let shelf: Shelf;
let books: Books;
beforeAll(async () => {
  shelf = await Shelf.make();
  books = await openBooks(await shelf.fresh('windows'), { durable: false });
  for (let i = 0; i < 3; i++) await issue(books);
});
afterAll(async () => {
  await books.close();
  await shelf.remove();
});

const next = windowAt(4);

const enter = (window: Window): Promise<string> => codeOf(() => books.issueWindow(entryOf(window)));

const history = (entries: readonly (readonly [number, number])[]): History => ({
  positions: Uint32Array.from(entries, ([position]) => position),
  epochs: Uint32Array.from(entries, ([, epoch]) => epoch),
});

test.each<[string, string, Partial<Window>]>([
  [
    'drops its first position',
    'bad-history',
    {
      history: history([
        [2, 2],
        [3, 3],
        [4, 4],
      ]),
    },
  ],
  [
    'drops its last position',
    'bad-history',
    {
      history: history([
        [1, 1],
        [2, 2],
        [4, 4],
      ]),
    },
  ],
  ['drops all but its own', 'bad-history', { history: history([[4, 4]]) }],
  [
    'has an earlier epoch',
    'bad-history',
    {
      history: history([
        [1, 1],
        [2, 1],
        [3, 3],
        [4, 4],
      ]),
    },
  ],
  [
    'has a later epoch',
    'bad-history',
    {
      history: history([
        [1, 4],
        [2, 2],
        [3, 3],
        [4, 4],
      ]),
    },
  ],
  [
    'has a new position of before',
    'bad-history',
    {
      history: history([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 3],
      ]),
    },
  ],
  [
    'has an older one of before',
    'bad-history',
    {
      history: history([
        [0, 1],
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    },
  ],
  ['follows an older one', 'bad-history', { predecessor: windowDigestAt(2) }],
  ['follows an unknown one', 'bad-history', { predecessor: digest('unknown') }],
  ['is of another plan', 'other-plan', { plan: digest('other plan') }],
  ['is of an epoch to come', 'stale-window', { epoch: 5 }],
  ['is of an epoch that was closed', 'stale-window', { epoch: 3, history: windowAt(3).history }],
])('one that %s: %s', async (_, expected, change) => {
  const before = await books.status();
  expect(await enter({ ...next, ...change })).toBe(expected);
  expect(await books.status()).toEqual(before);
});

test('another digest than that of its document', async () => {
  const { document } = entryOf(next);
  const entering = books.issueWindow({ digest: digest('another'), document });
  expect(await codeOf(() => entering)).toBe('bad-books-entry');
  const text = books.issueWindow({ digest: windowDigestAt(4), document: '{}' });
  expect(await codeOf(() => text)).toBe('bad-document');
});

test('the same one again is the first entry; with another text it is refused', async () => {
  const third = await books.window(windowDigestAt(3));
  const { digest: own, document } = third!;
  const before = await books.status();
  expect(await books.issueWindow({ digest: own, document })).toEqual(third);
  const again = books.issueWindow({ digest: own, document: ` ${document}` });
  expect(await codeOf(() => again)).toBe('other-entry');
  expect(await books.status()).toEqual(before);
});

test('many different ones at once: one is entered', async () => {
  const { epoch } = await books.status();
  const masks = [0.25, 0.5, 0.75].map((budget) => ({ ...next.mask, budget }));
  const codes = await Promise.all(masks.map((mask) => enter({ ...next, mask })));
  expect(codes.sort()).toEqual(['none', 'stale-window', 'stale-window']);
  expect((await books.status()).epoch).toBe(epoch + 1);
  const { document, ...last } = (await books.lastWindow())!;
  expect(JSON.parse(document)).toMatchObject({ epoch });
  expect((await books.windows()).at(-1)).toEqual(last);
  expect((await books.windows()).map((each) => each.epoch)).toEqual([1, 2, 3, 4]);
});
