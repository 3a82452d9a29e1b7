// Answers that count as accepted without a proof: they are entered in the books by hand.
import { cp } from 'node:fs/promises';
import { expect } from 'vitest';
import { saveKnownWindow } from '../../../stdlib/apex/client/answers.ts';
import { currentWeights } from '../../../stdlib/apex/client/export.ts';
import { openQuestion } from '../../../stdlib/apex/client/question.ts';
import { saveAnswer } from '../../../stdlib/apex/client/state.ts';
import { openState, type State, type Window } from '../../../stdlib/apex/index.ts';
import { draft, type Draft } from './bundles.ts';
import type { World } from './fixture.ts';

/** As if the proofs of the draft had been verified: the books and the client have its answer. */
export async function accept(
  world: World,
  client: State,
  window: Window,
  own: Draft,
): Promise<State> {
  const { header } = own.forged;
  const kept = header.kept === null ? null : `${header.kept}`;
  await world.provider.commitments.write(`${header.after}`, own.answer.commitments.all());
  const outcome = await world.books.recordVerdict({
    bundleDigest: header.after.toString(16).padStart(64, '0'),
    registrationDigest: header.registration,
    windowDigest: header.window,
    kept,
    accepted: true,
    reason: null,
    rootAfter: `${header.after}`,
    measured: {},
  });
  expect(outcome.kind).toBe('accepted');
  const { folder } = await openQuestion({ folder: client.folder, window });
  await saveKnownWindow(folder, window);
  await cp(`${folder}-draft`, folder, { recursive: true });
  return saveAnswer(await openState(client.folder), {
    window: header.window,
    epoch: window.epoch,
    kept: header.kept,
    root: header.after,
    log: header.log,
  });
}

/** A window, and the client's answer to it, accepted. */
export const answer = async (
  world: World,
  client: State,
  positions: readonly number[],
): Promise<State> => {
  const window = await world.window(positions);
  return accept(world, client, window, await draft(client, window));
};

/** θ_u of the last answer, by position. */
export async function weightsOf(client: State): Promise<number[]> {
  const weights = await currentWeights(await openState(client.folder));
  const all: number[] = [];
  for (let number = 0; number < 14; number++) all.push(...(await weights.block(number)));
  await weights.close();
  return all;
}
