// A client's weights after a window, and the verifier's view of them.
import { expect } from 'vitest';
import { Bundle } from '../../../../stdlib/apex/bundle/read.ts';
import { currentWeights } from '../../../../stdlib/apex/client/export.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { saveAnswer } from '../../../../stdlib/apex/client/state.ts';
import { deadByBlock } from '../../../../stdlib/apex/documents/history.ts';
import { blockCount, type State, type Window } from '../../../../stdlib/apex/index.ts';
import { checkBundle } from '../../../../stdlib/apex/provider/check-bundle.ts';
import { expectBundle } from '../../../../stdlib/apex/provider/expect-bundle.ts';
import {
  columnOffsets,
  solveMultipliers,
  unlearnedBlock,
  type HeldBlock,
} from '../../../../stdlib/apex/step/index.ts';
import { draft, save, type Draft } from '../bundles.ts';
import { scope, type World } from '../fixture.ts';
import { prepare } from '../prepared.ts';

/** Without the columns and weights of dead entries. */
function withoutDead(held: HeldBlock, dead: readonly number[]): HeldBlock {
  const own = { weights: held.weights.slice(), root: held.root.slice() };
  const offsets = columnOffsets(scope.blockSize);
  for (const entry of dead) {
    own.weights[entry] = 0;
    own.root.fill(0, offsets[entry], offsets[entry + 1]);
  }
  return own;
}

export interface After {
  readonly held: HeldBlock;
  readonly live: readonly number[];
  readonly dead: readonly number[];
  /** By the public rule, with the multipliers of the draft. */
  readonly weights: Int32Array;
  /** The same for a client that has nothing at the dead entries: neither columns nor weights. */
  readonly bare: Int32Array;
}

/** The answer to a window, and every block after it. */
export async function answerTo(
  state: State,
  window: Window,
): Promise<{ readonly draft: Draft; readonly blocks: readonly After[] }> {
  const { plan, receipt } = state;
  const own = await draft(state, window);
  const deadOf = deadByBlock(plan, window.history, receipt!.epoch);
  const index = new Map(own.blocks.map(({ number }, i) => [number, i]));
  const holdings = await Holdings.open(state);
  const blocks: After[] = [];
  for (let number = 0; number < blockCount(plan.scope); number++) {
    const held = await holdings.block(number);
    const dead = deadOf.get(number) ?? [];
    const i = index.get(number);
    const live = i === undefined ? [] : own.blocks[i]!.live;
    const multipliers = i === undefined ? new Float64Array() : own.answer.multipliers(i);
    const bare = withoutDead(held, dead);
    const others = live.length > 0 ? solveMultipliers(plan.step, bare, live) : new Float64Array();
    blocks.push({
      ...{ held, live, dead },
      weights: unlearnedBlock(plan.step, held, { live, dead, multipliers }),
      bare: unlearnedBlock(plan.step, bare, { live, dead: [], multipliers: others }),
    });
  }
  await holdings.close();
  return { draft: own, blocks };
}

/** θ_u of every block as the client exports it, as if the window had been answered. */
export async function exported(state: State, window: Window): Promise<Int32Array[]> {
  const { answer } = await prepare({ folder: state.folder, window });
  const weights = await currentWeights(await saveAnswer(state, answer));
  const blocks: Int32Array[] = [];
  for (let number = 0; number < blockCount(scope); number++)
    blocks.push(await weights.block(number));
  await weights.close();
  return blocks;
}

/** All that a verifier checks but the proofs: the leaves of these positions are opened, and no others. */
export async function checked(
  world: World,
  state: State,
  window: Window,
  positions: readonly number[],
): Promise<void> {
  const { forged, blocks } = await draft(state, window);
  const file = world.path('checked.apex');
  await save(file, forged);
  const [bundle, holdings] = [await Bundle.open(file), await Holdings.open(state)];
  try {
    const expected = await expectBundle({ plan: world.plan, blocks, kept: undefined });
    const { proved } = await checkBundle(bundle, expected, {
      root: state.registration.root,
      keptCommitments: async () => [],
      leavesAt: undefined,
      report: () => undefined,
    });
    const leaves: bigint[] = [];
    for (const position of positions) leaves.push(await holdings.leaf(position));
    expect(proved.flatMap((each) => each.leaves)).toEqual(leaves);
  } finally {
    await bundle.close();
    await holdings.close();
  }
}

/** Where neither live nor dead. */
export const rest = ({ weights, live, dead }: After): number[] =>
  [...weights.keys()].filter((entry) => !live.includes(entry) && !dead.includes(entry));
