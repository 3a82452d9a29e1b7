// Unlearning: the multipliers of every block with a live position, a proof for each tile of blocks that are new or have changed, and
// the bundle for the provider. May be killed at any moment and begun again: what is finished stays finished.
import { join } from 'node:path';
import { compileCircuit } from '../../../compiler/compile.ts';
import { openJob } from '../../../compiler/prover/job.ts';
import type { BundleHeader } from '../bundle/header.ts';
import { writeBundle } from '../bundle/write.ts';
import { tileCount } from '../circuit/deal.ts';
import { shapeOf } from '../circuit/layout.ts';
import { smallestLog } from '../circuit/tile-size.ts';
import { tileCircuit } from '../circuit/tile.ts';
import { elementLength } from '../commitments/elements.ts';
import { buildTree, openLeaves, siblingCount } from '../commitments/tree.ts';
import { digestOf } from '../documents/canonical.ts';
import type { Window } from '../documents/window.ts';
import { weightCount } from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import { prepareAnswer, type PreparedAnswer } from './answer.ts';
import { whileAnswering } from './answers.ts';
import { chooseTiles, type TileSize } from './choose-size.ts';
import { Holdings } from './holdings.ts';
import { materialInputs } from './material.ts';
import {
  begunTiles,
  jobName,
  jobsBy,
  proveMissing,
  workSet,
  type Proving,
  type ProvingWork,
} from './proving.ts';
import { openQuestion, type Question, type ReceiptFile } from './question.ts';
import { clientKey, openState, saveAnswer, type Answer } from './state.ts';

export interface UnlearnOptions extends TileSize, Proving {
  /** The state's folder. */
  readonly folder: string;
  /** Checked against the plan's signer. */
  readonly window: Window;
  /** As the provider signed it; kept in the state from the first time on. */
  readonly receipt?: ReceiptFile;
  /** Whether blocks that have not changed are proved all the same. */
  readonly anew?: boolean;
  /** Where the bundle goes. */
  readonly out: string;
  readonly report?: Report;
  /** Hears what will be done, before it begins, and may stop it by returning false. */
  readonly onWork?: (work: Work) => boolean | void;
}

/** The work that an answer takes. */
export interface Work extends ProvingWork {
  /** Live positions of the client, and blocks that hold one. */
  readonly live: number;
  readonly blocks: number;
  /** Blocks that are proved; the others keep their commitment. */
  readonly proved: number;
}

export interface Unlearned extends Omit<Work, 'aside'> {
  readonly bytes: number;
  readonly header: BundleHeader;
  /** k of each block with a live position, for ε. */
  readonly counts: readonly number[];
  /** Dead positions that the registration has not compensated for. */
  readonly uncompensated: number;
  /** Whether this window was answered before, and the bundle alone was written again. */
  readonly again: boolean;
}

/**
 * @returns undefined where `onWork` stops it; everything is kept for the next time.
 * @throws LetheError as `openQuestion`; `too-many-rows`, `job-locked`, `worker-died`, or a FileError.
 */
export async function unlearn(options: UnlearnOptions): Promise<Unlearned | undefined> {
  // Before the lock makes a folder.
  await openState(options.folder);
  return whileAnswering(options.folder, async () => {
    const { report = silent } = options;
    const question = await openQuestion(options);
    const { blocks, kept, folder, state } = question;
    const holdings = await Holdings.open(state);
    try {
      const answer = await prepareAnswer(folder, state.plan, blocks, holdings, kept, report);
      return await prove(options, question, holdings, answer);
    } finally {
      await holdings.close();
    }
  });
}

async function prove(
  options: UnlearnOptions,
  question: Question,
  holdings: Holdings,
  answer: PreparedAnswer,
): Promise<Unlearned | undefined> {
  const { report = silent } = options;
  const { state, blocks, kept, again, folder } = question;
  const { plan } = state;
  const proved = blocks.flatMap((_, index) => (kept?.unchanged.has(index) ? [] : [index]));
  const shapes = proved.map((index) => shapeOf(plan.step.size, blocks[index]!.live));

  report({ phase: 'compiling the circuits', done: 0, total: 1 });
  const jobsFor = jobsBy(options);
  const begun = await begunTiles(folder);
  const { log, sets } =
    shapes.length === 0
      ? { log: smallestLog, sets: [] }
      : chooseTiles(plan.step, shapes, again ? { log: again.log } : options, jobsFor, begun);
  const circuits = sets.map(({ layout }) => compileCircuit(tileCircuit(plan.step, layout)));
  const tiles = tileCount(sets);
  const positions = proved.flatMap((index) => {
    const { number, live } = blocks[index]!;
    return live.map((entry) => holdings.firstPosition(number) + entry);
  });
  const opens = plan.keeps === 'root';
  const siblings = opens ? await siblingCount(weightCount(plan.scope), positions) : 0;
  const { root: after } = await buildTree(answer.commitments);
  const header: BundleHeader = {
    ...question.subject,
    log,
    kept: kept ? kept.root : null,
    after,
    proved: proved.length,
    tiles,
    siblings,
  };
  const digest = digestOf({
    ...header,
    kept: `${header.kept}`,
    after: `${after}`,
    prepared: answer.id,
  });
  const job = await openJob(join(folder, jobName(log)), { digest, tiles }, { secret: true });
  try {
    const work: Work = {
      sets: sets.map((set, i) => workSet(job, set, circuits[i]!, jobsFor)),
      log,
      live: blocks.reduce((sum, { live }) => sum + live.length, 0),
      blocks: blocks.length,
      proved: proved.length,
      tiles,
      finished: job.finished.size,
      aside: again ? [] : [...begun.keys()].filter((each) => each !== log),
      openingBytes: elementLength * (siblings + (opens ? positions.length : 0) + proved.length),
    };
    if (options.onWork?.(work) === false) return undefined;
    const material = { plan, subject: question.subject, holdings, answer, proved };
    for (const [i, set] of sets.entries())
      await proveMissing(options, job, set, {
        circuit: circuits[i]!,
        jobs: work.sets[i]!.jobs,
        inputsOf: (tile, places) => materialInputs(material, tile, places),
      });
    const bytes = await writeBundle(options.out, {
      header,
      siblings: opens ? await openLeaves(holdings.tree(), positions) : [],
      leaves: opens ? await holdings.leaves(positions) : [],
      commitments: proved.map((index) => answer.commitments.get(index)),
      proof: (tile) => job.read(tile),
      key: await clientKey(state),
    });
    if (!again) await saveAnswer(state, answerOf(header, options.window));
    const { aside: _, ...done } = work;
    const counts = blocks.map(({ live }) => live.length);
    const { uncompensated } = question;
    return { ...done, bytes, header, counts, uncompensated, again: again !== undefined };
  } finally {
    await job.close();
  }
}

const answerOf = ({ window, kept, after, log }: BundleHeader, { epoch }: Window): Answer => ({
  window,
  epoch,
  kept,
  root: after,
  log,
});
