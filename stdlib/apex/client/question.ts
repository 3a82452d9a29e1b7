// The question that a window puts to a client: which positions are live for it, and which blocks are as they were in its answer before.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Subject } from '../circuit/statement.ts';
import { liveBlocks, uncompensatedCount, type LiveBlock } from '../documents/history.ts';
import { checkPlan } from '../documents/plan.ts';
import { checkReceiptWindow, receiptDigest, type Receipt } from '../documents/receipt.ts';
import { registrationDigest } from '../documents/registration.ts';
import { unchangedBlocks } from '../documents/unchanged.ts';
import { checkSuccession, windowDigest, type Window } from '../documents/window.ts';
import { readAnswer, type PreparedAnswer } from './answer.ts';
import { answerFolder, readKnownWindow, saveKnownWindow } from './answers.ts';
import { eraseFormer, openState, saveReceipt, type Answer, type State } from './state.ts';

/** The text of a receipt, and where it comes from. */
export interface ReceiptFile {
  readonly text: string;
  readonly file: string;
}

export interface QuestionOptions {
  /** The state's folder. */
  readonly folder: string;
  readonly window: Window;
  readonly receipt?: ReceiptFile;
  /** Whether blocks that have not changed are proved all the same. */
  readonly anew?: boolean;
  /** False keeps nothing but the receipt. */
  readonly keeping?: boolean;
}

/** The part that an answer keeps of the one before. */
export interface Kept {
  readonly from: PreparedAnswer;
  /** By index of a block that has not changed, its index in that answer. */
  readonly unchanged: ReadonlyMap<number, number>;
  /** Over all commitments of that answer. */
  readonly root: bigint;
}

export interface Question {
  readonly state: State;
  readonly subject: Subject;
  /** With a live position, ascending. */
  readonly blocks: readonly LiveBlock[];
  readonly kept?: Kept;
  /** The answer to this window, where it was given before. */
  readonly again?: Answer;
  /** Where the answer is kept. */
  readonly folder: string;
  /** Dead positions that the registration has not compensated for. */
  readonly uncompensated: number;
}

/** @throws LetheError `other-plan`, `no-receipt`, `other-receipt`, `late-registration`, `older-window`, `bad-history`, or of reading. */
export async function openQuestion(options: QuestionOptions): Promise<Question> {
  const { window, anew = false, keeping = true } = options;
  const state = await withReceipt(await openState(options.folder), options.receipt);
  const { plan, registration, receipt, answers } = state;
  checkPlan(plan, window.plan, 'the window');
  checkReceiptWindow(receipt, window);
  const own = windowDigest(window);
  const last = answers.at(-1);
  checkSuccession(last ? await readKnownWindow(state, last) : state.compensated, window);
  const same = last?.window === own ? last : undefined;
  // The provider may not have what an answer keeps: then another one to the same window takes its place.
  const again = anew && same?.kept !== null ? undefined : same;
  const before = same ? answers.at(-2) : last;
  const blocks = liveBlocks(plan, window.history, receipt.epoch);
  // An answer that is written again is what it was.
  const keeps = before && (again ? again.kept !== null : !anew);
  const kept = keeps ? await keptFrom(state, before, blocks) : undefined;
  const folder = answerFolder(state, own, again ? again.kept : (kept?.root ?? null));
  if (keeping) await saveKnownWindow(folder, window);
  return {
    state,
    subject: {
      plan: window.plan,
      registration: registrationDigest(registration),
      receipt: receiptDigest(receipt),
      window: own,
    },
    blocks,
    ...(kept ? { kept } : {}),
    ...(again ? { again } : {}),
    folder,
    uncompensated: uncompensatedCount(plan, window.history, {
      compensated: state.compensated?.epoch ?? 0,
      epoch: receipt.epoch,
    }),
  };
}

async function withReceipt(
  state: State,
  given: ReceiptFile | undefined,
): Promise<State & { readonly receipt: Receipt }> {
  const own = given ? await saveReceipt(state, given.text, given.file) : state;
  // It may have been killed when the receipt was kept.
  await eraseFormer(own);
  const { receipt } = own;
  if (receipt) return { ...own, receipt };
  return fail(
    'no-receipt',
    'the provider has not confirmed the registration',
    'send the registration to the provider, and give the receipt that `lethe apex enroll` writes with --receipt',
  );
}

async function keptFrom(state: State, before: Answer, blocks: readonly LiveBlock[]): Promise<Kept> {
  const { plan, receipt } = state;
  const { history } = await readKnownWindow(state, before);
  const old = liveBlocks(plan, history, receipt!.epoch);
  const from = await readAnswer(answerFolder(state, before.window, before.kept), old);
  return { from, unchanged: unchangedBlocks(old, blocks), root: before.root };
}
