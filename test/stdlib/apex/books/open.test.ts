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
  issue,
  leaveDraft,
  registration,
  Shelf,
  using,
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
    await books.recordVerdict(finding('ada', (await issue(books)).digest));
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
    for (const client of ['a', 'b'])
      await database.query(registered(`'${digest(client)}', '${client}', null, 2`));
    await database.query(registered(`'${digest('c')}', 'c', null, 2`));
    await database.query(`update registrations set superseded_by = '${a}' where client = 'c'`);
    await database.query(issued(`'${digest('w1')}', null, 1`));
    await database.query(issued(`'${digest('w2')}', '${digest('w1')}', 2`));
    await database.query(accepted(digest('bundle'), digest('a'), digest('w2')));
    await database.query(committed(`'${digest('a')}', 2, '${digest('w2')}', 2, 1`));
    await database.query(accepted(digest('other bundle'), digest('b'), digest('w1')));
  });
  afterAll(() => database.close());

  test('a step that fails, which leaves it as it was', async () => {
    const broken = { name: 'broken', statements: [...second.statements, 'create nonsense'] };
    await expect(migrate(database, [...migrations, broken])).rejects.toThrow(/syntax/);
    await migrate(database, [...migrations, second]);
  });

  const accepted = (bundle: string, of: string, windowDigest: string): string =>
    `insert into verdicts (bundle_digest, registration_digest, window_digest, accepted, root_after, measured)
     values ('${bundle}', '${of}', '${windowDigest}', true, '6', '{}')`;
  /** Digest, client, window, epoch; the rest is good. */
  const registered = (values: string, { root = '5', document = '{}' } = {}): string =>
    `insert into registrations (root, unscoped, plan_digest, signer, document, digest, client, window_digest, epoch)
     values ('${root}', '${x}', '${x}', 'key', '${document}', ${values})`;
  const issued = (values: string): string =>
    `insert into windows (document, digest, predecessor, epoch) values ('{}', ${values})`;
  const committed = (values: string, root = '6'): string =>
    `insert into commitments (root, registration_digest, registration_epoch, window_digest, epoch, verdict)
     values ('${root}', ${values})`;
  const x = digest('x');
  const [a, b, w1, w2] = ['a', 'b', 'w1', 'w2'].map(digest);

  test.each([
    ['a second row of the books', `insert into books (only_row) values (true)`],
    ['epoch 0', `update books set epoch = 0`],
    ['two current registrations', registered(`'${x}', 'a', null, 1`)],
    ['a root that is no number', registered(`'${x}', 'c', null, 1`, { root: '5a' })],
    ['a digest in capitals', registered(`'${x.toUpperCase()}', 'c', null, 1`)],
    ['a document that is no JSON', registered(`'${x}', 'c', null, 1`, { document: '{' })],
    ['compensating for no window', registered(`'${x}', 'c', '${x}', 1`)],
    ['an unknown successor', `update registrations set superseded_by = '${x}' where client = 'a'`],
    ['another epoch of a registration', `update registrations set epoch = 1 where client = 'a'`],
    [
      'bringing a superseded one back',
      `update registrations set superseded_by = null where client = 'c'`,
    ],
    ['another root of a registration', `update registrations set root = '7' where client = 'b'`],
    ['another epoch of a window', `update windows set epoch = 5 where epoch = 2`],
    ['another document of a window', `update windows set document = '[]' where epoch = 2`],
    ['a second window of an epoch', issued(`'${x}', '${w2}', 2`)],
    ['a second window after the same one', issued(`'${x}', '${w1}', 3`)],
    ['a window after none', issued(`'${x}', null, 3`)],
    ['a window after an unknown one', issued(`'${x}', '${digest('y')}', 3`)],
    ['accepting for no registration', accepted(x, x, w2!)],
    ['accepting for no window', accepted(x, a!, x)],
    ['a second acceptance', accepted(x, a!, w2!)],
    ['accepting a bundle twice', accepted(digest('bundle'), b!, w2!)],
    ['rejecting without a reason', `update verdicts set accepted = false`],
    ['a commitment without a verdict', committed(`'${a}', 2, '${w2}', 2, null`)],
    ['a commitment with the verdict of another', committed(`'${b}', 2, '${w2}', 2, 1`)],
    ['a commitment of another epoch than its window', committed(`'${b}', 2, '${w1}', 2, 2`)],
    ['a commitment before the registration', committed(`'${b}', 2, '${w1}', 1, 2`)],
    ['a commitment with another epoch of entry', committed(`'${b}', 1, '${w1}', 1, 2`)],
    ['two commitments with one verdict', committed(`'${a}', 2, '${w2}', 2, 1`)],
    ['taking back a registration', `delete from registrations where client = 'a'`],
  ])('%s', async (_, statement) => {
    await expect(database.query(statement)).rejects.toThrow(/violates|invalid input syntax/);
  });
});

test('books of an older protocol are refused by name', async () => {
  const database = await openPglite(join(await shelf.fresh('older'), 'database'), false);
  try {
    await database.query(`update schema_migrations set name = 'first'`);
    const refused = await migrate(database, migrations).catch((error: unknown) => error);
    expect(refused).toMatchObject(code('older-books'));
    expect(refused).toMatchObject({
      message: expect.stringMatching(/"first" .*knows "columns"/) as string,
    });
  } finally {
    await database.close();
  }
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
