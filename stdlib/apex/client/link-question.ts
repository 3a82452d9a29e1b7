// The question that a challenge puts to a client: the blocks that its nonce samples, as both registrations know them, and the accepted answer of the
// one that is replaced.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { FileError } from '../../../compiler/files/index.ts';
import { buildTree } from '../commitments/tree.ts';
import type { Challenge } from '../documents/challenge.ts';
import { liveBlocks, noHistory } from '../documents/history.ts';
import { checkPlan } from '../documents/plan.ts';
import { registrationDigest } from '../documents/registration.ts';
import { linkBlocks, type LinkBlock } from '../link/blocks.ts';
import { sampledBlocks } from '../link/sample.ts';
import { readAnswer, type PreparedAnswer } from './answer.ts';
import { answerFolder } from './answers.ts';
import { openState, type State } from './state.ts';

export interface LinkQuestion {
  /** The state of the new registration. */
  readonly state: State;
  /** The state of the registration that it replaces. */
  readonly old: State;
  /** Blocks that were drawn. */
  readonly sampled: number;
  /** Those of them that have a linked weight, ascending. */
  readonly blocks: readonly LinkBlock[];
  /** Multipliers of the old registration's blocks with S ≠ ∅; undefined where no window touched it. */
  readonly answer: PreparedAnswer | undefined;
}

/**
 * @param folder that of the new registration's state
 * @throws LetheError `no-state`, `other-plan`, `other-challenge`, `no-former`, `no-receipt`, `unanswered-window`; or of reading.
 */
export async function openLinkQuestion(
  folder: string,
  challenge: Challenge,
): Promise<LinkQuestion> {
  const state = await openState(folder);
  const { plan, registration, compensated } = state;
  checkPlan(plan, challenge.plan, 'the challenge');
  if (challenge.registration !== registrationDigest(registration))
    fail(
      'other-challenge',
      `the challenge is for registration ${challenge.registration.slice(0, 16)}…`,
      'use the challenge that `lethe apex enroll` wrote for this registration, with the state of it',
    );
  const epoch = (compensated?.epoch ?? 0) + 1;
  if (challenge.window !== registration.window || challenge.epoch !== epoch)
    fail(
      'other-challenge',
      `the challenge is of epoch ${challenge.epoch}, and the registration compensates for the windows before epoch ${epoch}`,
      'register again with the newest window (--window), and enroll that registration',
    );
  const old = await openOld(state, challenge);
  const from = old.receipt.epoch;
  const history = compensated?.history ?? noHistory;
  const numbers = sampledBlocks(plan, challenge);
  const live = liveBlocks(plan, history, from);
  return {
    state,
    old,
    sampled: numbers.length,
    blocks: linkBlocks(plan, history, { from, to: epoch }, numbers),
    answer: live.length === 0 ? undefined : await acceptedAnswer(old, challenge, live),
  };
}

async function openOld(
  { former }: State,
  { replaces }: Challenge,
): Promise<State & Required<Pick<State, 'receipt'>>> {
  if (former === null)
    return fail(
      'no-former',
      'the state does not know the registration that it replaces',
      'link with the state that `lethe apex register --replaces` made, while the old one exists',
    );
  const old = await openState(former);
  if (registrationDigest(old.registration) !== replaces)
    fail(
      'no-former',
      `${former} holds another registration than the one that is replaced`,
      'restore the folder of the old state from a backup',
    );
  const { receipt } = old;
  if (receipt) return { ...old, receipt };
  return fail(
    'no-receipt',
    `the provider has not confirmed the registration in ${former}`,
    'keep its receipt with `lethe apex status --receipt`',
  );
}

/** The answer that the provider accepted last. */
async function acceptedAnswer(
  old: State,
  { window, commitments }: Challenge,
  live: ReturnType<typeof liveBlocks>,
): Promise<PreparedAnswer> {
  const accepted = old.answers.find((each) => each.window === window && each.root === commitments);
  if (accepted) return readAnswer(answerFolder(old, accepted.window, accepted.kept), live);
  // Where the window was answered anew since, the state names that answer, and has the folder of the other one.
  for (const kept of [null, ...old.answers.map(({ root }) => root)]) {
    const folder = answerFolder(old, window!, kept);
    const answer = await readAnswer(folder, live).catch((error: unknown) => {
      if (error instanceof FileError && error.code === 'cannot-read') return undefined;
      throw error;
    });
    if (answer && (await buildTree(answer.commitments)).root === commitments) return answer;
  }
  return fail(
    'unanswered-window',
    `${old.folder} does not hold the answer that the provider accepted last`,
    'link with the state that gave this answer',
  );
}
