// Unlearning: the multipliers of every block with a live position, a proof for each tile of blocks that are new or have changed, and
// the bundle for the provider. May be killed at any moment and begun again: what is finished stays finished.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, type RowCounts } from '../../../compiler/constraints/rows.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { countFinished, openJob, type Job } from '../../../compiler/prover/job.ts';
import { proveTiles, type ProvingEvent } from '../../../compiler/prover/pool.ts';
import type { BundleHeader } from '../bundle/header.ts';
import { writeBundle } from '../bundle/write.ts';
import { tileCount, type TileSet } from '../circuit/deal.ts';
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
import { materialInputs, type Material } from './material.ts';
import { openQuestion, type Question, type ReceiptFile } from './question.ts';
import { clientKey, openState, saveAnswer, type Answer } from './state.ts';

export interface UnlearnOptions extends TileSize {
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
  /** Prover processes; `chooseJobs` decides where it is left out. */
  readonly jobs?: number;
  /** For tiles that are not proved yet. */
  readonly chooseJobs?: (circuit: LoweredProgram, tiles: number) => number;
  readonly report?: Report;
  /** Hears what will be done, before it begins, and may stop it by returning false. */
  readonly onWork?: (work: Work) => boolean | void;
  readonly onProving?: (event: ProvingEvent) => void;
  readonly signal?: AbortSignal;
}

/** Tiles of one circuit. */
export interface WorkSet {
  readonly rows: RowCounts;
  readonly tiles: number;
  /** Tiles that were finished before. */
  readonly finished: number;
  /** Prover processes. */
  readonly jobs: number;
}

/** What there is to do. */
export interface Work {
  readonly sets: readonly WorkSet[];
  /** A tile has at most 2^log rows. */
  readonly log: number;
  /** Live positions of the client, and blocks that hold one. */
  readonly live: number;
  readonly blocks: number;
  /** Blocks that are proved; the others keep their commitment. */
  readonly proved: number;
  readonly tiles: number;
  readonly finished: number;
  /** Sizes of tiles in which finished work is left aside. */
  readonly aside: readonly number[];
  /** Bytes of the bundle without its proofs. */
  readonly openingBytes: number;
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
  const jobsFor = (circuit: LoweredProgram, tiles: number): number =>
    options.jobs ?? options.chooseJobs?.(circuit, tiles) ?? 1;
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
  const job = await openJob(join(folder, jobName(log)), { digest, tiles });
  try {
    const work: Work = {
      sets: sets.map((set, i) => setOf(job, set, circuits[i]!, jobsFor)),
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
      await proveMissing(options, job, material, set, circuits[i]!, work.sets[i]!.jobs);
    const bytes = await writeBundle(options.out, {
      header,
      siblings: opens ? await openLeaves(holdings.tree(), positions) : [],
      leaves: opens ? await leavesAt(holdings, positions) : [],
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

function setOf(
  job: Job,
  { first, tiles }: TileSet,
  circuit: LoweredProgram,
  jobsFor: (circuit: LoweredProgram, tiles: number) => number,
): WorkSet {
  const finished = tiles.filter((_, i) => job.finished.has(first + i)).length;
  const jobs = jobsFor(circuit, tiles.length - finished);
  return { rows: countRows(circuit.system), tiles: tiles.length, finished, jobs };
}

const answerOf = ({ window, kept, after, log }: BundleHeader, { epoch }: Window): Answer => ({
  window,
  epoch,
  kept,
  root: after,
  log,
});

const leavesAt = async (holdings: Holdings, positions: readonly number[]): Promise<bigint[]> => {
  const leaves: bigint[] = [];
  for (const position of positions) leaves.push(await holdings.leaf(position));
  return leaves;
};

const jobName = (log: number): string => `tiles-${log}`;

/** Jobs in the folder that have finished something: how many tiles of that size. */
async function begunTiles(folder: string): Promise<Map<number, number>> {
  const begun = new Map<number, number>();
  for (const name of await readdir(folder)) {
    const log = Number(/^tiles-(\d+)$/.exec(name)?.[1]);
    if (name !== jobName(log)) continue;
    const finished = await countFinished(join(folder, name));
    if (finished > 0) begun.set(log, finished);
  }
  return begun;
}

/** Proves the tiles of a set that are not finished, and keeps each proof as the bundle will have it. */
async function proveMissing(
  { onProving, signal }: UnlearnOptions,
  job: Job,
  material: Material,
  { first, tiles }: TileSet,
  circuit: LoweredProgram,
  jobs: number,
): Promise<void> {
  const missing = job.missing().filter((tile) => tile >= first && tile < first + tiles.length);
  if (missing.length === 0) return;
  await proveTiles({
    circuit,
    tiles: missing,
    jobs,
    ...(onProving === undefined ? {} : { onProgress: onProving }),
    ...(signal === undefined ? {} : { signal }),
    inputsOf: (tile) => materialInputs(material, tile, tiles[tile - first]!),
    onProof: (tile, { proof }) => job.write(tile, proof),
  });
}
