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
  linked,
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
    await books.register(registration('ada'), linked);
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
    await database.query(issued(`'${w1}', null, 1`));
    await database.query(issued(`'${w2}', '${w1}', 2`));
    for (const client of ['a', 'b', 'c', 'e', 'f'])
      await database.query(registered({ digest: digest(client), client, epoch: 2 }));
    await database.query(registered({ digest: d, client: 'C', ...consented, replaces: c }, c));
    await database.query(
      registered({ digest: e2, client: 'e', ...waiting, replaces: e, epoch: 3 }),
    );
    await database.query(registered({ digest: f2, client: 'f', ...waiting, replaces: f }));
    await database.query(challenged({ of: f2, replaces: f }));
    await database.query(accepted(digest('bundle'), a, w2));
    await database.query(committed(`'${a}', 2, '${w2}', 2, 1`));
    await database.query(accepted(digest('other bundle'), b, w1));
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
  interface Row {
    readonly digest?: string;
    readonly client?: string;
    readonly root?: string;
    readonly document?: string;
    readonly window_digest?: string;
    readonly epoch?: number;
    readonly standing?: string;
    readonly entered?: string | null;
    readonly replaces?: string;
    readonly superseded_by?: string;
  }
  const text = (value: string | number | null): string =>
    value === null ? 'null' : typeof value === 'number' ? `${value}` : `'${value}'`;
  /** A first registration, but for what is said. With `former` superseded in the same statement. */
  const registered = (row: Row, former?: string): string => {
    const good = { root: '5', unscoped: x, plan_digest: x, signer: 'key', document: '{}' };
    const first = { digest: x, client: 'new', epoch: 1, standing: 'current', entered: 'first' };
    const all: Readonly<Record<string, string | number | null>> = { ...good, ...first, ...row };
    const insert = `insert into registrations (${Object.keys(all).join(', ')})
      values (${Object.values(all).map(text).join(', ')})`;
    if (former === undefined) return insert;
    return `do $$ begin
      update registrations set standing = 'superseded', superseded_by = '${all['digest']}' where digest = '${former}';
      ${insert}; end $$`;
  };
  const consented = { entered: 'consent', epoch: 2 };
  const waiting = { standing: 'pending', entered: null, epoch: 2 };
  const challenged = ({ of = e2, replaces = e, epoch = 2, window = w1, root = 'null' }): string =>
    `insert into challenges (digest, nonce, document, registration_digest, replaces, epoch, window_digest, commitments)
     values ('${digest(of)}', '${digest(`${of} ${epoch}`)}', '{}', '${of}', '${replaces}', ${epoch}, ${window && `'${window}'`}, ${root})`;
  const linked = (of: string): string =>
    `insert into links (registration_digest, bundle_digest, measured) values ('${of}', '${x}', '{}')`;
  const moved = (of: string, change: string): string =>
    `update registrations set ${change} where digest = '${of}'`;
  const issued = (values: string): string =>
    `insert into windows (document, digest, predecessor, epoch) values ('{}', ${values})`;
  const committed = (values: string, root = '6'): string =>
    `insert into commitments (root, registration_digest, registration_epoch, window_digest, epoch, verdict)
     values ('${root}', ${values})`;
  const [x, y] = [digest('x'), digest('y')];
  const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'].map(digest) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const [e2, f2, w1, w2] = ['e2', 'f2', 'w1', 'w2'].map(digest) as [string, string, string, string];

  test.each([
    ['a second row of the books', `insert into books (only_row) values (true)`],
    ['epoch 0', `update books set epoch = 0`],
    ['two current registrations', registered({ client: 'a', entered: 'replace' })],
    ['two current ones, in other letters', registered({ client: 'A', entered: 'replace' })],
    ['two first ones', registered({ client: 'a' }, a)],
    ['two pending ones', registered({ client: 'E', ...waiting, replaces: e })],
    ['a client without a name', registered({ client: '' })],
    ['a client named like an option', registered({ client: '-rf' })],
    ['a root that is no number', registered({ root: '5a' })],
    ['a digest in capitals', registered({ digest: x.toUpperCase() })],
    ['a document that is no JSON', registered({ document: '{' })],
    ['compensating for no window', registered({ window_digest: x })],
    ['an unknown standing', registered({ standing: 'good' })],
    ['beginning as superseded', registered({ standing: 'superseded', superseded_by: a })],
    ['beginning as dropped', registered({ standing: 'dropped', entered: null, superseded_by: a })],
    ['a current one that nobody entered', registered({ entered: null })],
    ['a pending one that was entered', registered({ ...waiting, entered: 'first' })],
    ['a pending one that replaces none', registered(waiting)],
    ['a pending one that replaces an unknown one', registered({ ...waiting, replaces: y })],
    ['a pending one of another client', registered({ client: 'b', ...waiting, replaces: a })],
    ['a pending one after a superseded one', registered({ client: 'c', ...waiting, replaces: c })],
    ['a consent to a first one', registered({ client: 'b', ...consented }, b)],
    ['a consent of another client', registered({ client: 'b', ...consented, replaces: a }, b)],
    ['a first one that replaces another', registered({ replaces: a })],
    ['entered by no link', registered({ client: 'b', entered: 'link', replaces: b }, b)],
    ['one that replaces itself', registered({ entered: 'replace', replaces: x })],
    ['superseding without a successor', moved(a, `standing = 'superseded'`)],
    ['an unknown successor', moved(a, `standing = 'superseded', superseded_by = '${x}'`)],
    ['a successor of another client', moved(a, `standing = 'superseded', superseded_by = '${b}'`)],
    [
      'superseding what a pending one waits for',
      moved(e, `standing = 'superseded', superseded_by = '${e2}'`),
    ],
    ['a successor of a current one', moved(a, `superseded_by = '${b}'`)],
    ['another epoch of a registration', moved(a, `epoch = 1`)],
    ['another root of a registration', moved(b, `root = '7'`)],
    ['another owner of a registration', moved(a, `replaces = '${b}'`)],
    ['another way of entering', moved(a, `entered = 'replace'`)],
    ['bringing a superseded one back', moved(c, `standing = 'current', superseded_by = null`)],
    ['another successor', moved(c, `superseded_by = '${a}'`)],
    ['making a current one pending', moved(a, `standing = 'pending', entered = null`)],
    [
      'dropping a current one',
      moved(a, `standing = 'dropped', entered = null, superseded_by = '${b}'`),
    ],
    ['two current ones after a link', moved(f2, `standing = 'current', entered = 'link'`)],
    ['a challenge of a current registration', challenged({ of: d, replaces: c })],
    ['a challenge of no registration', challenged({ of: x })],
    ['a second challenge', challenged({ of: f2, replaces: f })],
    ['a challenge of another epoch', challenged({ epoch: 2 })],
    ['a challenge after another window', challenged({ epoch: 3, window: w1 })],
    ['a challenge after no window', challenged({ epoch: 3, window: 'null' })],
    ['a challenge of another root', challenged({ epoch: 3, window: w2, root: `'6'` })],
    ['a challenge that replaces another one', challenged({ epoch: 3, window: w2, replaces: a })],
    ['another nonce', `update challenges set nonce = '${x}'`],
    ['a link without a challenge', linked(e2)],
    ['a link of a registration that is not current', linked(f2)],
    ['a link of an unknown one', linked(x)],
    ['another epoch of a window', `update windows set epoch = 5 where epoch = 2`],
    ['another document of a window', `update windows set document = '[]' where epoch = 2`],
    ['a second window of an epoch', issued(`'${x}', '${w2}', 2`)],
    ['a second window after the same one', issued(`'${x}', '${w1}', 3`)],
    ['a window after none', issued(`'${x}', null, 3`)],
    ['a window after an unknown one', issued(`'${x}', '${digest('y')}', 3`)],
    ['accepting for no registration', accepted(x, x, w2)],
    ['accepting for no window', accepted(x, a, x)],
    ['a second acceptance', accepted(x, a, w2)],
    ['accepting a bundle twice', accepted(digest('bundle'), b, w2)],
    ['rejecting without a reason', `update verdicts set accepted = false`],
    ['a commitment without a verdict', committed(`'${a}', 2, '${w2}', 2, null`)],
    ['a commitment with the verdict of another', committed(`'${b}', 2, '${w2}', 2, 1`)],
    ['a commitment of another epoch than its window', committed(`'${b}', 2, '${w1}', 2, 2`)],
    ['a commitment before the registration', committed(`'${b}', 2, '${w1}', 1, 2`)],
    ['a commitment with another epoch of entry', committed(`'${b}', 1, '${w1}', 1, 2`)],
    ['two commitments with one verdict', committed(`'${a}', 2, '${w2}', 2, 1`)],
    ['taking back a challenge', `delete from registrations where digest = '${f2}'`],
    ['taking back a registration', `delete from registrations where client = 'a'`],
  ])('%s', async (_, statement) => {
    await expect(database.query(statement)).rejects.toThrow(/violates|invalid input syntax/);
  });
});

test.each(['first', 'columns'])('books of the protocol %s are refused by name', async (name) => {
  const database = await openPglite(join(await shelf.fresh(name), 'database'), false);
  try {
    await database.query(`update schema_migrations set name = '${name}'`);
    const refused = await migrate(database, migrations).catch((error: unknown) => error);
    expect(refused).toMatchObject(code('older-books'));
    expect(refused).toMatchObject({
      message: expect.stringMatching(`"${name}" .*knows "owners"`) as string,
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
