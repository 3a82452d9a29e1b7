// The secret state of a client, from registering on: the arrays that its leaves commit to, its key, and its answers. The
// arrays never change; receipt and answers come later.
import { readFile, stat } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite, fileDigest } from '../../../compiler/files/index.ts';
import type { Json } from '../documents/canonical.ts';
import { documentVersion, Fields } from '../documents/fields.ts';
import { parsePlan, planDigest, planDocument, type Plan } from '../documents/plan.ts';
import { checkReceipt, parseReceipt, receiptDigest, type Receipt } from '../documents/receipt.ts';
import {
  parseRegistration,
  registrationDigest,
  registrationDocument,
  type Registration,
} from '../documents/registration.ts';
import { readSigningKey } from '../documents/signature.ts';
import {
  parseCheckedWindow,
  renderCheckedWindow,
  windowDigest,
  type Window,
} from '../documents/window.ts';
import { heldFile, heldHint, type HeldName } from '../hashing/held-files.ts';
import {
  keyFile,
  planFile,
  receiptFile,
  registrationFile,
  secret,
  stateFile,
  windowFile,
} from './state-files.ts';

/** The answer of a client to a window. */
export interface Answer {
  /** Digest of the window. */
  readonly window: string;
  readonly epoch: number;
  /** The root over all c_b of the answer that blocks were kept from; null where none was. */
  readonly kept: bigint | null;
  /** Over all c_b. */
  readonly root: bigint;
  /** Rows of a tile as a power of two. */
  readonly log: number;
}

export interface State {
  readonly folder: string;
  readonly plan: Plan;
  readonly registration: Registration;
  /** The window whose dead positions the registration has compensated for. */
  readonly compensated?: Window;
  /** Once the registration is entered. */
  readonly receipt?: Receipt;
  /** In the order in which they were saved. */
  readonly answers: readonly Answer[];
  /** SHA-256 of the arrays. */
  readonly files: ArrayDigests;
}

export type ArrayDigests = Readonly<Record<HeldName, string>>;

const kind = 'apex-state';

/** Throws `state-exists` where a state is already: registering anew must be meant. */
export async function checkNoState(folder: string): Promise<void> {
  if (!(await stat(stateFile(folder)).catch(() => undefined))) return;
  fail(
    'state-exists',
    `${folder} holds the state of a registration`,
    'choose another folder; registering anew needs new salts and new commitments',
  );
}

/** The state of a new registration, whose arrays and key are in the folder. */
export async function createState(
  folder: string,
  plan: Plan,
  registration: Registration,
  compensated?: Window,
): Promise<State> {
  const write = (file: string, document: Json): Promise<void> =>
    atomicWrite(file, `${JSON.stringify(document)}\n`, secret);
  await write(planFile(folder), planDocument(plan));
  await write(registrationFile(folder), registrationDocument(registration));
  if (compensated) await atomicWrite(windowFile(folder), renderCheckedWindow(compensated), secret);
  const digest = (name: HeldName): Promise<string> => fileDigest(heldFile(folder, name), heldHint);
  const files = {
    weights: await digest('weights'),
    root: await digest('root'),
    tree: await digest('tree'),
    seed: await digest('seed'),
  };
  return save({
    folder,
    plan,
    registration,
    ...(compensated ? { compensated } : {}),
    answers: [],
    files,
  });
}

/**
 * Keeps the receipt that the provider signed for this registration. A state has one.
 * @param file where the text comes from, for messages.
 * @throws LetheError `bad-document`, `forged-receipt`, `other-receipt`, `other-plan`.
 */
export async function saveReceipt(state: State, text: string, file: string): Promise<State> {
  const receipt = readReceipt(state, text, file);
  if (state.receipt && receiptDigest(state.receipt) !== receiptDigest(receipt))
    fail(
      'other-receipt',
      `${file} says epoch ${receipt.epoch}, and the state has another receipt, of epoch ${state.receipt.epoch}`,
      'a registration is entered once: ask the provider which receipt holds',
    );
  await atomicWrite(receiptFile(state.folder), text, secret);
  return { ...state, receipt };
}

/** Adds an answer, or replaces the one to the same window. */
export const saveAnswer = (state: State, answer: Answer): Promise<State> =>
  save({
    ...state,
    answers: [...state.answers.filter(({ window }) => window !== answer.window), answer],
  });

/** Signs the bundles of this state. Throws `no-state`. */
export const clientKey = async ({ folder }: State): Promise<KeyObject> =>
  readSigningKey(await readText(folder, keyFile(folder)));

/** Throws `no-state`, `bad-document`; as `saveReceipt` for its receipt. */
export async function openState(folder: string): Promise<State> {
  const file = stateFile(folder);
  const fields = Fields.parse(await readText(folder, file), file, kind);
  const plan = parsePlan(await readText(folder, planFile(folder)), planFile(folder));
  const registration = parseRegistration(
    await readText(folder, registrationFile(folder)),
    registrationFile(folder),
  );
  if (fields.digest('plan') !== planDigest(plan)) fields.refuse('the plan is another one');
  if (fields.digest('registration') !== registrationDigest(registration))
    fields.refuse('the registration is another one');
  const answers = fields.list('answers', readAnswer);
  const files = fields.object('files', ({ digest }) => ({
    weights: digest('weights'),
    root: digest('root'),
    tree: digest('tree'),
    seed: digest('seed'),
  }));
  fields.end();
  const compensated = await readCompensated(folder, registration);
  const state: State = {
    folder,
    plan,
    registration,
    ...(compensated ? { compensated } : {}),
    answers,
    files,
  };
  const receipt = await readFile(receiptFile(folder), 'utf8').catch(() => undefined);
  if (receipt === undefined) return state;
  return { ...state, receipt: readReceipt(state, receipt, receiptFile(folder)) };
}

/** The window that the registration names. */
async function readCompensated(
  folder: string,
  { window }: Registration,
): Promise<Window | undefined> {
  if (window === null) return undefined;
  const file = windowFile(folder);
  const known = parseCheckedWindow(await readText(folder, file), file);
  if (windowDigest(known) !== window)
    fail(
      'bad-document',
      `${file}: another window than the one that the registration names`,
      'restore the folder of the state from a backup, or register again',
    );
  return known;
}

function readReceipt({ plan, registration }: State, text: string, file: string): Receipt {
  const receipt = parseReceipt(text, file, plan.signer);
  checkReceipt(plan, registration, receipt);
  return receipt;
}

const readText = (folder: string, file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() =>
    fail(
      'no-state',
      `${folder} holds no state of a client (${file} is missing)`,
      'name the folder of `lethe apex register --state`',
    ),
  );

async function save(state: State): Promise<State> {
  const text = `${JSON.stringify(document(state), null, 1)}\n`;
  await atomicWrite(stateFile(state.folder), text, secret);
  return state;
}

const document = ({ plan, registration, answers, files }: State): Json => ({
  lethe: kind,
  version: documentVersion,
  plan: planDigest(plan),
  registration: registrationDigest(registration),
  answers: answers.map(({ window, epoch, kept, root, log }) => ({
    window,
    epoch,
    kept: kept === null ? null : `${kept}`,
    root: `${root}`,
    log,
  })),
  files: { ...files },
});

const readAnswer = (fields: Fields): Answer => ({
  window: fields.digest('window'),
  epoch: fields.whole('epoch', 1),
  kept: fields.optionalElement('kept'),
  root: fields.element('root'),
  log: fields.whole('log', 1, 16),
});
