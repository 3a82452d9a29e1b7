// What a client keeps secret between registering and unlearning: the integers of all Fisher blocks, the salts of their
// commitments, the commitments. A generation of weights is written whole before the state names it.
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite } from '../../../compiler/files/index.ts';
import { curvatureWords, weightWords } from '../commitments/words.ts';
import { digestOf, type Json } from '../documents/canonical.ts';
import { Fields } from '../documents/fields.ts';
import { parsePlan, planDigest, planDocument, type Plan } from '../documents/plan.ts';
import {
  parseRegistration,
  registrationDocument,
  type Registration,
} from '../documents/registration.ts';
import { forms } from '../forms/index.ts';
import { blockCount } from '../model/index.ts';
import { Elements } from '../commitments/elements.ts';
import { readArray, writeArray } from './blocks-file.ts';

/** Of all Fisher blocks, in the scope's order. */
export interface Holdings {
  /** Integers, [blocks · size], padding 0. */
  readonly weights: Int32Array;
  /** Integers, [blocks · curvatureLength]. */
  readonly curvature: Int32Array;
  /** Random bits of the words of each block. */
  readonly weightSalts: Uint16Array;
  readonly curvatureSalts: Uint16Array;
  /** Secret, as what they are digests of. */
  readonly curvatureDigests: Elements;
  /** Of the tree. */
  readonly leaves: Elements;
}

/** A window that this client has unlearned. */
export interface Done {
  readonly window: string;
  /** The root before and after. */
  readonly before: bigint;
  readonly after: bigint;
  /** Of its bundle, which can be written again. */
  readonly tiles: number;
}

export interface State {
  readonly folder: string;
  readonly plan: Plan;
  readonly registration: Registration;
  /** How often the weights have changed since. */
  readonly sequence: number;
  /** The root now. */
  readonly root: bigint;
  readonly done: readonly Done[];
  /** SHA-256 of the arrays by name. */
  readonly files: Readonly<Record<ArrayName, string>>;
}

type ArrayName = keyof Holdings;

const names = [
  'weights',
  'curvature',
  'weightSalts',
  'curvatureSalts',
  'curvatureDigests',
  'leaves',
] as const satisfies readonly ArrayName[];

/** Arrays that a step of unlearning changes. */
const changing: readonly ArrayName[] = ['weights', 'weightSalts', 'leaves'];

const kind = 'apex-state';

function arrayFile(
  { folder, sequence }: Pick<State, 'folder' | 'sequence'>,
  name: ArrayName,
): string {
  return join(folder, changing.includes(name) ? `${name}-${sequence}.bin` : `${name}.bin`);
}

/** Throws `state-exists` where a state is already: registering anew must be meant. */
export async function checkNoState(folder: string): Promise<void> {
  if (!(await stat(join(folder, 'state.json')).catch(() => undefined))) return;
  fail(
    'state-exists',
    `${folder} holds the state of a registration`,
    'choose another folder; registering anew needs new salts and a new commitment',
  );
}

/** Writes a new state. */
export async function createState(
  folder: string,
  plan: Plan,
  registration: Registration,
  holdings: Holdings,
): Promise<State> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await atomicWrite(join(folder, 'plan.json'), `${JSON.stringify(planDocument(plan))}\n`);
  await atomicWrite(
    join(folder, 'registration.json'),
    `${JSON.stringify(registrationDocument(registration))}\n`,
  );
  const empty = Object.fromEntries(names.map((name) => [name, ''])) as Record<ArrayName, string>;
  const state: State = {
    folder,
    plan,
    registration,
    sequence: 0,
    root: registration.root,
    done: [],
    files: empty,
  };
  return saveArrays(state, holdings, names);
}

/** The state after a window: new weights under new commitments. */
export async function advanceState(state: State, holdings: Holdings, done: Done): Promise<State> {
  const next: State = {
    ...state,
    sequence: state.sequence + 1,
    root: done.after,
    done: [...state.done, done],
  };
  return saveArrays(next, holdings, changing);
}

/** The arrays first; the state is what it was until `state.json` is replaced. */
async function saveArrays(
  state: State,
  holdings: Holdings,
  which: readonly ArrayName[],
): Promise<State> {
  const files = { ...state.files };
  for (const name of which) {
    const array = holdings[name];
    files[name] = await writeArray(
      arrayFile(state, name),
      array instanceof Elements ? array.bytes : array,
    );
  }
  const saved = { ...state, files };
  await atomicWrite(
    join(state.folder, 'state.json'),
    `${JSON.stringify(document(saved), null, 1)}\n`,
  );
  return saved;
}

const document = ({ plan, registration, sequence, root, done, files }: State): Json => ({
  lethe: kind,
  version: 1,
  plan: planDigest(plan),
  registration: digestOf(registrationDocument(registration)),
  sequence,
  root: `${root}`,
  done: done.map(({ window, before, after, tiles }) => ({
    window,
    before: `${before}`,
    after: `${after}`,
    tiles,
  })),
  files: { ...files },
});

/** Throws `no-state`, `bad-document`. */
export async function openState(folder: string): Promise<State> {
  const read = async (name: string): Promise<string> =>
    readFile(join(folder, name), 'utf8').catch(() =>
      fail(
        'no-state',
        `${folder} holds no state of a client (${name} is missing)`,
        'name the folder of `lethe apex register --state`',
      ),
    );
  const text = await read('state.json');
  const plan = parsePlan(await read('plan.json'), join(folder, 'plan.json'));
  const registration = parseRegistration(
    await read('registration.json'),
    join(folder, 'registration.json'),
  );
  const fields = Fields.parse(text, join(folder, 'state.json'), kind);
  if (fields.digest('plan') !== planDigest(plan)) fields.refuse('the plan is another one');
  if (fields.digest('registration') !== digestOf(registrationDocument(registration)))
    fields.refuse('the registration is another one');
  const state: State = {
    folder,
    plan,
    registration,
    sequence: fields.whole('sequence', 0),
    root: fields.element('root'),
    done: fields.list('done', (each) => ({
      window: each.digest('window'),
      before: each.element('before'),
      after: each.element('after'),
      tiles: each.whole('tiles', 1),
    })),
    files: fields.object(
      'files',
      (each) =>
        Object.fromEntries(names.map((name) => [name, each.digest(name)])) as Record<
          ArrayName,
          string
        >,
    ),
  };
  fields.end();
  return state;
}

/** The commitments now. Throws FileError `cannot-read` or `changed`. */
export const currentLeaves = async (state: State): Promise<Elements> =>
  new Elements(await readArray(arrayFile(state, 'leaves'), state.files.leaves));

/** Throws FileError `cannot-read` or `changed`. */
export async function readHoldings(state: State): Promise<Holdings> {
  const blocks = blockCount(state.plan.scope);
  const { step } = state.plan;
  const read = async (name: ArrayName, bytes: number): Promise<Uint8Array> => {
    const array = await readArray(arrayFile(state, name), state.files[name]);
    if (array.length !== bytes)
      fail('bad-document', `${arrayFile(state, name)}: ${array.length} bytes, not ${bytes}`);
    return array;
  };
  const salts = async (name: ArrayName, words: number): Promise<Uint16Array> =>
    new Uint16Array((await read(name, 2 * words * blocks)).buffer);
  const integers = async (name: ArrayName, count: number): Promise<Int32Array> =>
    new Int32Array((await read(name, 4 * count)).buffer);
  const elements = async (name: ArrayName): Promise<Elements> =>
    new Elements(await read(name, 32 * blocks));
  return {
    weights: await integers('weights', blocks * step.size),
    curvature: await integers('curvature', blocks * forms[step.form].curvatureLength(step)),
    weightSalts: await salts('weightSalts', weightWords(step)),
    curvatureSalts: await salts('curvatureSalts', curvatureWords(step)),
    curvatureDigests: await elements('curvatureDigests'),
    leaves: await elements('leaves'),
  };
}
