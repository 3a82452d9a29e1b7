// A failure after any statement of an entry leaves nothing of it, and the entry can be made again.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksIn } from '../../../../stdlib/apex/books/index.ts';
import type { Books, Database, Row } from '../../../../stdlib/apex/books/index.ts';
import { openPglite } from '../../../../stdlib/apex/books/pglite.ts';
import {
  byWord,
  challenge,
  digest,
  finding,
  issue,
  linked,
  linkOf,
  registration,
  renewal,
  Shelf,
  windowDigestAt,
} from './entries.ts';

let shelf: Shelf;
let database: Database;
beforeAll(async () => {
  shelf = await Shelf.make();
  database = await openPglite(join(await shelf.fresh('atomic'), 'database'), false);
});
afterAll(async () => {
  await database.close();
  await shelf.remove();
});

/** Books whose transactions fail after `count` statements. */
function failingAfter(count: number): Books {
  return booksIn({
    ...database,
    transaction: (action) =>
      database.transaction((queries) => {
        let left = count;
        return action({
          query: async (text, parameters) => {
            const rows = await queries.query(text, parameters);
            if (--left === 0) throw new Error('the disk is full');
            return rows;
          },
        });
      }),
  });
}

/** All that stands in the tables. */
async function contents(): Promise<readonly (readonly Row[])[]> {
  const entered = ['registrations', 'challenges', 'links', 'windows', 'verdicts', 'commitments'];
  return Promise.all(
    ['books', ...entered].map((table) => database.query(`select * from ${table} order by 1, 2`)),
  );
}

const second = renewal('ada', 2, { window: windowDigestAt(1) });

test.each<[string, number, (books: Books) => Promise<unknown>]>([
  ['a first registration', 4, (books) => books.register(registration('ada'), linked)],
  ['a window', 5, (books) => issue(books)],
  ['an accepted verdict', 7, (books) => books.recordVerdict(finding('ada', windowDigestAt(1)))],
  ['a refused verdict', 7, (books) => books.recordVerdict(finding('ada', digest('nowhere')))],
  ['a registration that waits', 8, (books) => books.register(second, linked)],
  ['a challenge', 6, async (books) => challenge(books, (await books.pendingOf('ada'))!)],
  ['a link', 6, (books) => books.acceptLink(linkOf(second))],
  ["the provider's word", 9, (books) => books.register(registration('ada', 3), byWord)],
])('%s', async (_, atLeast, enter) => {
  const before = await contents();
  for (let count = 1; ; count++) {
    const failed = await enter(failingAfter(count)).then(
      () => false,
      (error: Error) => error.message === 'the disk is full',
    );
    if (!failed) {
      expect(count).toBeGreaterThanOrEqual(atLeast);
      break;
    }
    expect(await contents()).toEqual(before);
  }
  expect(await contents()).not.toEqual(before);
});
