// An answer as it is before a proof is made.
import { readAnswer } from '../../../stdlib/apex/client/answer.ts';
import { openQuestion, type QuestionOptions } from '../../../stdlib/apex/client/question.ts';
import { buildTree } from '../../../stdlib/apex/commitments/tree.ts';
import { unlearn, type Answer } from '../../../stdlib/apex/index.ts';
import { smallLog } from './bundles.ts';

export interface Prepared {
  /** Names the preparation. */
  readonly id: string;
  /** For all blocks. */
  readonly commitments: readonly bigint[];
  /** As the state will have it, when all tiles are proved. */
  readonly answer: Answer;
  /** Blocks that would be proved. */
  readonly proved: number;
}

/** `unlearn` up to its first proof. */
export async function prepare(options: QuestionOptions): Promise<Prepared> {
  const { folder: state, window } = options;
  let proved = -1;
  await unlearn({
    ...options,
    out: `${state}/none.apex`,
    log: smallLog,
    onWork(work) {
      proved = work.proved;
      return false;
    },
  });
  const { folder, blocks, kept, subject } = await openQuestion(options);
  const { id, commitments } = await readAnswer(folder, blocks);
  const { root } = await buildTree(commitments);
  const { epoch } = window;
  const answer = { window: subject.window, epoch, kept: kept?.root ?? null, root, log: smallLog };
  return { id, commitments: commitments.all(), answer, proved };
}
