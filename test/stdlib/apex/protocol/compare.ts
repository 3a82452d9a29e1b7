// The books and the files beside them, compared with plain data; and what holds whatever happened.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plain, Verdict } from './plain.ts';
import type { Run } from './run.ts';

/** Names of clients that occur, in lower case. */
export const names = ['ada', 'bob'] as const;

type Cells = readonly (string | number | null)[];

interface Dump {
  readonly registrations: readonly Cells[];
  readonly windows: readonly Cells[];
  readonly verdicts: readonly Cells[];
  readonly commitments: readonly Cells[];
  readonly challenges: readonly Cells[];
}

/** The columns of each table that the model compares, in its order. One query, for it is asked after each step. */
const columns = {
  registrations: ['digest, epoch, standing, entered, superseded_by', 'number'],
  windows: ['digest', 'epoch'],
  verdicts: ['bundle_digest, registration_digest, reason_code', 'number'],
  commitments: ['registration_digest, window_digest, epoch, root', 'verdict'],
  challenges: ['registration_digest, digest', 'recorded_at'],
} as const;

const dump = `select ${Object.entries(columns)
  .map(
    ([table, [named, order]]) =>
      `(select coalesce(json_agg(json_build_array(${named}) order by ${order}), '[]') from ${table}) as ${table}`,
  )
  .join(', ')}`;

/** Lines about what is otherwise; none where all is equal. `litter` are files that a killed provider may have left. */
export async function differences(
  run: Run,
  plain: Plain,
  litter: ReadonlySet<string>,
): Promise<string[]> {
  const found: string[] = [];
  const same = (what: string, actual: unknown, expected: unknown): void => {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) found.push(`${what}: ${a}, and the model has ${b}`);
  };
  const [row] = await run.database.query(dump);
  const tables = row as unknown as Dump;
  const entries = [...plain.entries.values()];
  same(
    'registrations',
    tables.registrations,
    entries.map((each) => [
      ...[each.digest, each.epoch, each.standing, each.entered, each.supersededBy],
    ]),
  );
  same(
    'windows',
    tables.windows,
    plain.windows.map((digest) => [digest]),
  );
  found.push(...otherVerdicts(tables.verdicts, plain.verdicts));
  const answers = entries.flatMap(({ digest, answers }) =>
    answers.map(({ window, epoch, root }) => [digest, window, epoch, root]),
  );
  same('answers', sorted(tables.commitments), sorted(answers));
  for (const [registration, challenge] of tables.challenges) {
    const known = plain.challenges.get(`${registration}`);
    if (known !== undefined && known !== challenge)
      found.push(`the challenge of ${registration} is ${challenge}, and it was ${known}`);
  }

  const needed = neededFiles(plain);
  const there = await filesOf(run);
  for (const file of needed) if (!there.has(file)) found.push(`${file} is missing`);
  for (const file of there)
    if (!needed.has(file) && !litter.has(file)) found.push(`${file} is not needed`);
  return found;
}

const sorted = (rows: readonly Cells[]): string[] => rows.map((row) => row.join()).sort();

const neededFiles = (plain: Plain): Set<string> =>
  new Set([
    ...plain.neededLeaves().map((digest) => `leaves/${digest}.leaves`),
    ...plain.neededRoots().map((root) => `commitments/${root}.bin`),
  ]);

/** The answers of the books when they are asked by name, at the end of a run. */
export async function otherAnswers({ books }: Run, plain: Plain): Promise<string[]> {
  const found: string[] = [];
  const same = (what: string, actual: unknown, expected: unknown): void => {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) found.push(`${what}: ${a}, and the model has ${b}`);
  };
  const { status, entries } = plain.summary();
  for (const name of names) {
    const own = entries.filter(({ client }) => client.toLowerCase() === name);
    const current = plain.standing(name, 'current');
    same(`current one of ${name}`, (await books.registrationOf(name))?.digest, current?.digest);
    same(
      `pending one of ${name}`,
      (await books.pendingOf(name))?.digest,
      plain.standing(name, 'pending')?.digest,
    );
    same(
      `history of ${name}`,
      (await books.history(name)).map(({ registrationDigest, root }) => [registrationDigest, root]),
      own.flatMap(({ digest, answers }) => answers.map(({ root }) => [digest, root])),
    );
    same(
      `commitment of ${name}`,
      (await books.commitment(name))?.root,
      current?.answers.at(-1)?.root,
    );
  }
  same(
    'current roots',
    [...(await books.currentRoots())].sort(),
    [...new Set(plain.neededRoots())].sort(),
  );
  same('last window', (await books.lastWindow())?.digest, plain.windows.at(-1));
  const { epoch, clients, registrations, pending, windows, accepted } = await books.status();
  same('status', { epoch, clients, registrations, pending, windows, accepted }, status);
  return found;
}

/** Verdicts in their order. A bundle that is refused twice for one reason has one verdict. */
function otherVerdicts(actual: readonly Cells[], expected: readonly Verdict[]): string[] {
  const found: string[] = [];
  const isOf = (cells: Cells | undefined, { bundle, registration, codes }: Verdict): boolean => {
    if (cells?.[0] !== bundle || cells[1] !== registration) return false;
    const code = cells[2] as string | null;
    return code === null ? codes === null : codes !== null && codes.includes(code);
  };
  let at = 0;
  for (const each of expected) {
    if (isOf(actual[at], each)) at++;
    else if (each.codes !== null && actual.slice(0, at).some((cells) => isOf(cells, each)))
      continue;
    else if (!each.optional)
      found.push(`no verdict on bundle ${each.bundle}: ${each.codes?.join() ?? 'accepted'}`);
  }
  if (at < actual.length) found.push(`${actual.length} verdicts, and the model has ${at} of them`);
  return found;
}

/** Files that a provider keeps of its clients. */
export async function filesOf({ folder }: Run): Promise<Set<string>> {
  const files = new Set<string>();
  for (const room of ['leaves', 'commitments'])
    for (const file of await readdir(join(folder, room)).catch(() => []))
      files.add(`${room}/${file}`);
  return files;
}

/** Laws that plain data obey by themselves: they are about the model as much as about the books. */
export function brokenLaws(plain: Plain): string[] {
  const broken: string[] = [];
  const entries = [...plain.entries.values()];
  for (const name of names) {
    const own = entries.filter(({ client }) => client.toLowerCase() === name);
    for (const standing of ['current', 'pending'] as const)
      if (own.filter((each) => each.standing === standing).length > 1)
        broken.push(`${name} has two registrations that are ${standing}`);
    if (own.length > 0 && !own.some(({ standing }) => standing === 'current'))
      broken.push(`${name} has no current registration`);
  }
  for (const { digest, epoch, standing, answers } of entries) {
    if (answers.some((answer) => answer.epoch < epoch))
      broken.push(`${digest} has answered a window of an epoch before its own`);
    if (answers.some((answer, i) => i > 0 && answer.epoch <= answers[i - 1]!.epoch))
      broken.push(`${digest} has answered windows out of order`);
    if ((standing === 'pending' || standing === 'dropped') && answers.length > 0)
      broken.push(`${digest} is ${standing}, and has answered`);
  }
  return broken;
}
