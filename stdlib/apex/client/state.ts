// The secret state of a client, from registering on: the arrays that its leaves commit to, its key, and its answers. The
// arrays never change; receipt and answers come later.
import { stat } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import {
  atomicWrite,
  fileDigest,
  FileError,
  readText as readFileText,
  secret,
} from '../../../compiler/files/index.ts';
import type { Json } from '../documents/canonical.ts';
import { documentVersion, Fields } from '../documents/fields.ts';
import { planLimits, smallDocument, stateLimits, windowLimits } from '../documents/limits.ts';
import { parsePlan, planDigest, planDocument, type Plan } from '../documents/plan.ts';
import { checkReceipt, parseReceipt, receiptDigest, type Receipt } from '../documents/receipt.ts';
import {
  parseRegistration,
  registrationDigest,
  registrationDocument,
  type Registration,
  type SignedRegistration,
} from '../documents/registration.ts';
import { readSigningKey } from '../documents/signature.ts';
import {
  parseCheckedWindow,
  renderCheckedWindow,
  windowDigest,
  type Window,
} from '../documents/window.ts';
import { heldFile, heldHint, type HeldName } from '../hashing/held-files.ts';
import { eraseState, stateIn } from './erase.ts';
import {
  keyFile,
  planFile,
  receiptFile,
  registrationFile,
  stateFile,
  stateKind,
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
  readonly registration: SignedRegistration;
  /** λ. */
  readonly damping: number;
  /** 64 hexadecimal digits: the salt of `registration.unscoped`. */
  readonly unscopedSalt: string;
  /** The folder of the state whose registration this one replaces, absolute; null where there is none. */
  readonly former: string | null;
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
  own: Pick<State, 'plan' | 'registration' | 'damping' | 'unscopedSalt' | 'former'>,
  compensated?: Window,
): Promise<State> {
  const { plan, registration } = own;
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
    ...own,
    ...(compensated ? { compensated } : {}),
    answers: [],
    files,
  });
}

/**
 * Keeps the receipt that the provider signed for this registration, and erases the state that this one has replaced. A state has one
 * receipt.
 * @param file where the text comes from, for messages.
 * @throws LetheError `bad-document`, `forged-receipt`, `other-receipt`, `other-plan`; `job-locked` where another process works in the
 *   state that is to be erased: the receipt is kept.
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
  const confirmed = { ...state, receipt };
  await eraseFormer(confirmed);
  return confirmed;
}

/** The folder of the state that this one has replaced, where it is still there. */
export async function formerFolder({ former, registration }: State): Promise<string | undefined> {
  if (former === null || (await stateIn(former)) !== registration.replaces) return undefined;
  return former;
}

/**
 * Erases the state that this one has replaced, once the receipt is kept: from then on nobody answers with it.
 * @throws LetheError `job-locked` where another process works in it.
 */
export async function eraseFormer(state: State): Promise<void> {
  const folder = state.receipt && (await formerFolder(state));
  if (folder !== undefined) await eraseState(folder);
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
  const fields = Fields.parse(
    await readText(folder, file, stateLimits),
    file,
    stateKind,
    stateLimits,
  );
  const plan = parsePlan(await readText(folder, planFile(folder), planLimits), planFile(folder));
  const registration = parseRegistration(
    await readText(folder, registrationFile(folder)),
    registrationFile(folder),
  );
  if (fields.digest('plan') !== planDigest(plan)) fields.refuse('the plan is another one');
  if (fields.digest('registration') !== registrationDigest(registration))
    fields.refuse('the registration is another one');
  const damping = fields.positive('damping');
  const unscopedSalt = fields.digest('unscopedSalt');
  const former = fields.optionalText('former', /^[^]+$/);
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
    damping,
    unscopedSalt,
    former,
    ...(compensated ? { compensated } : {}),
    answers,
    files,
  };
  const exists = await stat(receiptFile(folder)).catch(() => undefined);
  if (!exists) return state;
  const receipt = await readText(folder, receiptFile(folder));
  return { ...state, receipt: readReceipt(state, receipt, receiptFile(folder)) };
}

/** The window that the registration names. */
async function readCompensated(
  folder: string,
  { window }: Registration,
): Promise<Window | undefined> {
  if (window === null) return undefined;
  const file = windowFile(folder);
  const known = parseCheckedWindow(await readText(folder, file, windowLimits()), file);
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

const readText = (folder: string, file: string, limits = smallDocument): Promise<string> =>
  readFileText(file, limits).catch((error: unknown) => {
    if (!(error instanceof FileError) || error.code !== 'cannot-read') throw error;
    return fail(
      'no-state',
      `${folder} holds no state of a client (${file} is missing)`,
      'name the folder of `lethe apex register --state`',
    );
  });

async function save(state: State): Promise<State> {
  const text = `${JSON.stringify(document(state), null, 1)}\n`;
  await atomicWrite(stateFile(state.folder), text, secret);
  return state;
}

const document = (state: State): Json => ({
  lethe: stateKind,
  version: documentVersion,
  plan: planDigest(state.plan),
  registration: registrationDigest(state.registration),
  damping: state.damping,
  unscopedSalt: state.unscopedSalt,
  former: state.former,
  answers: state.answers.map(({ window, epoch, kept, root, log }) => ({
    window,
    epoch,
    kept: kept === null ? null : `${kept}`,
    root: `${root}`,
    log,
  })),
  files: { ...state.files },
});

const readAnswer = (fields: Fields): Answer => ({
  window: fields.digest('window'),
  epoch: fields.whole('epoch', 1),
  kept: fields.optionalElement('kept'),
  root: fields.element('root'),
  log: fields.whole('log', 1, 16),
});
