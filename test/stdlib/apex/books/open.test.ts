// Opening: schemas, constraints, the lock, and what is left when a process is killed. Each opening takes seconds, so that
// tests share them; open.full.test.ts has the cases that need books of their own.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations, openBooks } from '../../../../stdlib/apex/books/index.ts';
import { migrate } from '../../../../stdlib/apex/books/migrate.ts';
import { openPglite } from '../../../../stdlib/apex/books/pglite.ts';
import type { Database } from '../../../../stdlib/apex/books/index.ts';
import { testInFull } from '../../../full-test.ts';
import { start } from './child.ts';
import {
  digest,
  everything,
  finding,
  leaveDraft,
  registration,
  Shelf,
  using,
  window,
} from './entries.ts';

let shelf: Shelf;
beforeAll(async () => {
  shelf = await Shelf.make();
});
afterAll(() => shelf.remove());

const code = (expected: string): object => ({ diagnostics: [{ code: expected }] });

const second = { name: 'notes', statements: ['create table notes (text text not null)'] };

test('older books are migrated and keep their entries; newer ones are refused', async () => {
  const folder = await shelf.fresh('schemas');
  const before = await using(folder, async (books) => {
    await books.register(registration('ada'));
    await books.issueWindow(window('first'));
    await books.recordVerdict(finding('ada', 'first'));
    return everything(books);
  });
  const newer = await openBooks(folder, { migrations: [...migrations, second] });
  expect(await newer.registrationOf('ada')).toMatchObject(registration('ada'));
  expect(await everything(newer)).toEqual(before);
  await newer.close();
  const refused = await openBooks(folder).catch((error: unknown) => error);
  expect(refused).toMatchObject(code('newer-books'));
  expect(refused).toMatchObject({ message: expect.stringMatching(/schema 2 .*knows 1/) as string });
});

describe('the schema alone refuses', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openPglite(join(await shelf.fresh('constraints'), 'database'), false);
    await migrate(database, migrations);
    for (const client of ['a', 'b']) {
      await database.query(
        `insert into registrations (digest, client, plan_digest, root, unscoped, document, epoch)
         values ($1, $2, $1, '5', $1, '{}', 1)`,
        [digest(client), client],
      );
    }
    await database.query(
      `insert into windows (digest, mask_digest, document, epoch) values ($1, $1, '{}', 1)`,
      [digest('w')],
    );
    await database.query(accepted(digest('bundle'), digest('a'), digest('w')));
  });
  afterAll(() => database.close());

  test('a step that fails, which leaves it as it was', async () => {
    const broken = { name: 'broken', statements: [...second.statements, 'create nonsense'] };
    await expect(migrate(database, [...migrations, broken])).rejects.toThrow(/syntax/);
    await migrate(database, [...migrations, second]);
  });

  const accepted = (bundle: string, of: string, windowDigest: string): string =>
    `insert into verdicts (bundle_digest, registration_digest, window_digest, accepted, root_before, root_after, measured)
     values ('${bundle}', '${of}', '${windowDigest}', true, '5', '6', '{}')`;
  const registered = (values: string): string =>
    `insert into registrations (digest, client, plan_digest, root, unscoped, document, epoch) values (${values})`;
  const x = digest('x');

  test.each([
    ['a second row of the books', `insert into books (only_row) values (true)`],
    ['epoch 0', `update books set epoch = 0`],
    ['two current registrations', registered(`'${x}', 'a', '${x}', '5', '${x}', '{}', 1`)],
    ['a root that is no number', registered(`'${x}', 'c', '${x}', '5a', '${x}', '{}', 1`)],
    ['a digest in capitals', registered(`'${x.toUpperCase()}', 'c', '${x}', '5', '${x}', '{}', 1`)],
    ['a document that is no JSON', registered(`'${x}', 'c', '${x}', '5', '${x}', '{', 1`)],
    ['an unknown successor', `update registrations set superseded_by = '${x}' where client = 'a'`],
    [
      'a second window of an epoch',
      `insert into windows (digest, mask_digest, document, epoch) values ('${x}', '${x}', '{}', 1)`,
    ],
    ['accepting for no registration', accepted(x, x, digest('w'))],
    ['accepting for no window', accepted(x, digest('a'), x)],
    ['a second acceptance', accepted(x, digest('a'), digest('w'))],
    ['accepting a bundle twice', accepted(digest('bundle'), digest('b'), digest('w'))],
    ['rejecting without a reason', `update verdicts set accepted = false`],
    [
      'a step without a verdict',
      `insert into commitments values ('${digest('a')}', 1, '6', '${x}', null)`,
    ],
    [
      'a start with a verdict',
      `insert into commitments values ('${digest('a')}', 0, '6', '${x}', 1)`,
    ],
    ['taking back a registration', `delete from registrations where client = 'a'`],
  ])('%s', async (_, statement) => {
    await expect(database.query(statement)).rejects.toThrow(/violates|invalid input syntax/);
  });
});

describe('one process at a time', () => {
  test('whoever waits too long is told who has them, another process or this one', async () => {
    const folder = await shelf.fresh('busy');
    const child = start(folder, 'hold');
    await child.begun;
    await expect(openBooks(folder, { wait: 100 })).rejects.toMatchObject(code('books-in-use'));
    await expect(openBooks(folder, { wait: 0 })).rejects.toThrow(`process ${child.pid} on`);
    await child.kill();
    const books = await openBooks(folder, { wait: 1000 });
    await expect(openBooks(folder, { wait: 0 })).rejects.toThrow(/held by this process/);
    await books.close();
  });
});

testInFull('a draft that a killed process left is made anew', async () => {
  const folder = join(shelf.folder, 'killed');
  await leaveDraft(folder);
  await (await openBooks(folder)).close();
  expect((await readdir(folder)).sort()).toEqual(['database', 'lock']);
});

test('files that are no database are an error that names them', async () => {
  const folder = join(shelf.folder, 'damaged');
  await mkdir(join(folder, 'database'), { recursive: true });
  await writeFile(join(folder, 'database', 'PG_VERSION'), 'garbage');
  await expect(openBooks(folder)).rejects.toMatchObject(code('damaged-books'));
});

test('a folder that cannot be made', async () => {
  const file = join(shelf.folder, 'a-file');
  await writeFile(file, '');
  await expect(openBooks(join(file, 'books'))).rejects.toMatchObject(code('cannot-write'));
});
