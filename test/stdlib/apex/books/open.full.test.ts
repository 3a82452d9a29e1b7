// Opening books that share nothing with other tests: entries that are kept, a migration that fails, and a race.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations, openBooks } from '../../../../stdlib/apex/books/index.ts';
import { start } from './child.ts';
import { everything, finding, issue, registration, Shelf, using, linked } from './entries.ts';

let shelf: Shelf;
beforeAll(async () => {
  shelf = await Shelf.make();
});
afterAll(() => shelf.remove());

test('what was entered is there when they are opened again', async () => {
  const folder = await shelf.fresh('again');
  const before = await using(folder, async (books) => {
    await books.register(registration('ada'), linked);
    const { digest } = await issue(books);
    await books.recordVerdict(finding('ada', digest));
    return everything(books);
  });
  await using(folder, async (books) => {
    expect(await everything(books)).toEqual(before);
  });
});

test('a step that fails leaves the schema as it was', async () => {
  const folder = await shelf.fresh('failing');
  const second = { name: 'notes', statements: ['create table notes (text text not null)'] };
  const broken = { name: 'broken', statements: [...second.statements, 'create nonsense'] };
  await expect(openBooks(folder, { migrations: [...migrations, broken] })).rejects.toThrow(
    /syntax/,
  );
  await (await openBooks(folder, { migrations: [...migrations, second] })).close();
});

test('two processes that judge the same bundle: one acceptance', async () => {
  const folder = await shelf.fresh('race');
  await using(folder, async (books) => {
    await books.register(registration('ada'), linked);
    await issue(books);
  });
  const children = [start(folder, 'judge'), start(folder, 'judge')];
  const kinds = await Promise.all(children.map((child) => child.answer));
  expect(kinds.sort()).toEqual(['accepted', 'replayed']);
  await using(folder, async (books) => {
    expect(await books.status()).toMatchObject({ accepted: 1, rejected: 0 });
    expect((await books.history('ada')).length).toBe(1);
  });
});
