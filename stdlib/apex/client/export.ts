// The client's model after its last answer: θ_u by the public rule, back in the layout of its model.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { deadByBlock, liveBlocks, noHistory } from '../documents/history.ts';
import {
  blockNumbering,
  hashUnscoped,
  saltedUnscoped,
  writeModel,
  type Model,
} from '../model/index.ts';
import { unlearnedBlock } from '../step/index.ts';
import { readAnswer } from './answer.ts';
import { answerFolder, readKnownWindow } from './answers.ts';
import { Holdings } from './holdings.ts';
import type { State } from './state.ts';

export interface ExportOptions {
  readonly state: State;
  /** θ_p as it was registered: the tensors out of scope are copied from it. */
  readonly model: Model;
  readonly target: string;
}

/** Throws `other-model` unless the tensors out of scope are those of the registration. */
export async function checkUnscoped(state: State, model: Model): Promise<void> {
  const { plan, unscopedSalt, registration } = state;
  const unscoped = saltedUnscoped(await hashUnscoped(model, plan.scope), unscopedSalt);
  if (unscoped === registration.unscoped) return;
  fail(
    'other-model',
    `${model.path}: the tensors out of scope are not those that were registered`,
    'name the model (and the adapter) that was registered',
  );
}

/** Throws `other-model` where tensors out of scope are not those of the registration; a FileError of writing. */
export async function exportModel({ state, model, target }: ExportOptions): Promise<void> {
  const { scope, step } = state.plan;
  await checkUnscoped(state, model);
  const numbering = blockNumbering(scope);
  const unit = 2 ** -fractionOf(step.weights);
  const weights = await currentWeights(state);
  try {
    await writeModel({
      model,
      scope,
      target,
      async weights({ name, shape }) {
        const { first, count } = numbering.rangeOf(name);
        const own = new Float64Array(shape[0] * shape[1]);
        for (let number = first; number < first + count; number++) {
          const { start } = numbering.at(number);
          (await weights.block(number)).forEach((x, i) => (own[start + i] = x * unit));
        }
        return own;
      },
    });
  } finally {
    await weights.close();
  }
}

/** θ_u, a block at a time. Close it after use. */
export interface CurrentWeights {
  /** Integers, [length]. */
  block(number: number): Promise<Int32Array>;
  close(): Promise<void>;
}

/**
 * θ_u of the last answer. Before the first one, the registered weights: they are 0 at the dead positions of the plan and of the window that
 * the registration names. The state does not know positions that died after that window.
 */
export async function currentWeights(state: State): Promise<CurrentWeights> {
  const holdings = await Holdings.open(state);
  const { plan, receipt, compensated } = state;
  const last = state.answers.at(-1);
  const epoch = receipt?.epoch ?? (compensated?.epoch ?? 0) + 1;
  const known = last ? await readKnownWindow(state, last) : compensated;
  const history = known?.history ?? noHistory;
  const blocks = liveBlocks(plan, history, epoch);
  const answer = last && (await readAnswer(answerFolder(state, last.window, last.kept), blocks));
  const dead = deadByBlock(plan, history, epoch);
  const index = new Map(blocks.map(({ number }, i) => [number, i]));
  return {
    close: () => holdings.close(),
    async block(number) {
      const held = await holdings.block(number);
      const own = index.get(number);
      return unlearnedBlock(plan.step, held, {
        live: own === undefined ? [] : blocks[own]!.live,
        dead: dead.get(number) ?? [],
        multipliers: own === undefined ? new Float64Array() : answer!.multipliers(own),
      });
    },
  };
}
