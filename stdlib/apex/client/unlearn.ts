// Unlearning: θ_u = θ_p + δ on the touched blocks, a proof of it for each tile, and the bundle for the provider. May be killed
// at any moment and begun again: what is finished stays finished.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileCircuit } from '../../../compiler/compile.ts';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { countFinished, openJob, type Job } from '../../../compiler/prover/job.ts';
import { proveTiles, type ProvingEvent } from '../../../compiler/prover/pool.ts';
import { encodeTile, leavesLength, type BundleHeader } from '../bundle/header.ts';
import { writeBundle } from '../bundle/write.ts';
import { blocksOf, countsOf, deal, type Deal } from '../circuit/layout.ts';
import { tileCircuit } from '../circuit/tile.ts';
import type { Subject } from '../circuit/tiles.ts';
import { buildTree, openLeaves, replaceLeaves, rootOf } from '../commitments/tree.ts';
import { weightWords } from '../commitments/words.ts';
import { digestOf } from '../documents/canonical.ts';
import { touchedBlocks, type TouchedBlock } from '../documents/mask.ts';
import { checkPlan, type Plan } from '../documents/plan.ts';
import { registrationDigest } from '../documents/registration.ts';
import { windowDigest, type Window } from '../documents/window.ts';
import { silent, type Report } from '../report.ts';
import { elementLength, Elements } from '../commitments/elements.ts';
import { chooseTiles, type TileSize } from './choose-tiles.ts';
import { prepare, type Prepared } from './prepare.ts';
import {
  advanceState,
  openState,
  readHoldings,
  type Done,
  type Holdings,
  type State,
} from './state.ts';
import { materialInputs, materialLeaves, type Material } from './tile-material.ts';

export interface UnlearnOptions extends TileSize {
  /** The state's folder. */
  readonly folder: string;
  /** Checked against the plan's signer. */
  readonly window: Window;
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

/** What there is to do. */
export interface Work {
  readonly circuit: LoweredProgram;
  readonly rows: number;
  readonly touched: number;
  /** Places for blocks in a tile. */
  readonly blocks: number;
  readonly tiles: number;
  /** Tiles that were finished before. */
  readonly finished: number;
  /** Numbers of tiles that finished work has which is not taken up, because it is of another size. */
  readonly aside: readonly number[];
  /** Prover processes. */
  readonly jobs: number;
  /** Of the bundle, without its proofs. */
  readonly openingBytes: number;
}

export interface Unlearned extends Omit<Work, 'circuit' | 'aside'> {
  readonly bytes: number;
  readonly header: BundleHeader;
  /** Whether this window was unlearned before, and the bundle alone was written again. */
  readonly again: boolean;
}

/**
 * @returns undefined where `onWork` stops it; everything is kept for the next time.
 * @throws LetheError `other-plan`, `stale-state`, what the step refuses, `job-locked`, `worker-died`, or a FileError.
 */
export async function unlearn(options: UnlearnOptions): Promise<Unlearned | undefined> {
  const { window, out, report = silent } = options;
  const state = await openState(options.folder);
  const { plan, registration } = state;
  checkPlan(plan, window.mask.plan, 'the window');
  const own = windowDigest(window);
  const again = state.done.find((done) => done.window === own);
  if (again && again.after !== state.root)
    fail(
      'stale-state',
      'this window was unlearned, and another one after it',
      'send the bundle that was written then',
    );
  const touched = touchedBlocks(plan.scope, window.mask.bits);
  const holdings = await readHoldings(state);
  const root = again?.before ?? state.root;
  const folder = jobFolder(options.folder, own, root);
  const prepared = await prepare(folder, plan, touched, holdings, report);

  report({ phase: 'compiling the circuit', done: 0, total: 1 });
  const jobsFor = (circuit: LoweredProgram, tiles: number): number =>
    options.jobs ?? options.chooseJobs?.(circuit, tiles) ?? 1;
  const begun = await begunTiles(folder);
  const tiles = again?.tiles ?? chooseTiles(plan.step, touched, options, jobsFor, begun);
  const dealt = deal(touched, tiles);
  const circuit = compileCircuit(tileCircuit(plan.step, dealt.layout));
  const counts = countsOf(dealt);
  const subject: Subject = {
    plan: window.mask.plan,
    registration: registrationDigest(registration),
    window: own,
    root,
  };
  const opened = await openTree(plan, holdings, prepared, touched, report);
  const header: BundleHeader = {
    ...subject,
    circuit: systemDigest(circuit.system),
    tiles,
    touched: touched.length,
    siblings: opened.siblings.length,
    after: opened.after,
    unscoped: registration.unscoped,
  };
  const digest = digestOf({
    ...header,
    root: `${header.root}`,
    after: `${header.after}`,
    prepared: prepared.id,
  });
  const job = await openJob(join(folder, jobName(tiles)), { digest, tiles });
  try {
    const rows = totalRows(countRows(circuit.system));
    const finished = job.finished.size;
    const openingBytes =
      touched.length * leavesLength(plan.keeps) + header.siblings * elementLength;
    const blocks = blocksOf(dealt.layout);
    const size = { rows, touched: touched.length, blocks, tiles, finished, openingBytes };
    const aside = again ? [] : [...begun.keys()].filter((each) => each !== tiles);
    const work = { circuit, aside, ...size };
    const jobs = jobsFor(circuit, tiles - finished);
    if (options.onWork?.({ ...work, jobs }) === false) return undefined;
    if (!again)
      await proveMissing({ ...options, jobs }, job, {
        circuit,
        plan,
        subject,
        dealt,
        layout: dealt.layout,
        touched,
        holdings,
        prepared,
      });
    const tile = (each: number): Promise<Uint8Array> => job.read(each);
    const bytes = await writeBundle(out, {
      header,
      siblings: opened.siblings,
      blocks: counts,
      keeps: plan.keeps,
      tile,
    });
    if (!again)
      await advance(state, holdings, prepared, touched, {
        window: own,
        before: root,
        after: opened.after,
        tiles,
      });
    return { ...size, jobs, bytes, header, again: again !== undefined };
  } finally {
    await job.close();
  }
}

/** Of a window and of the weights that it starts from: what was prepared for others is of no use. */
const jobFolder = (folder: string, window: string, root: bigint): string =>
  join(folder, 'jobs', digestOf({ window, root: `${root}` }).slice(0, 32));

const jobName = (tiles: number): string => `${tiles}-tiles`;

/** Jobs in the folder that have finished something: how many of so many tiles. */
async function begunTiles(folder: string): Promise<Map<number, number>> {
  const begun = new Map<number, number>();
  for (const name of await readdir(folder)) {
    const tiles = parseInt(name);
    if (name !== jobName(tiles)) continue;
    const finished = await countFinished(join(folder, name));
    if (finished > 0) begun.set(tiles, finished);
  }
  return begun;
}

/** The siblings of the touched leaves, which are the same in both trees and which a provider with the tree has, and the root after. */
async function openTree(
  { keeps }: Plan,
  holdings: Holdings,
  prepared: Prepared,
  touched: readonly TouchedBlock[],
  report: Report,
): Promise<{ siblings: bigint[]; after: bigint }> {
  const tree = await buildTree(holdings.leaves, report);
  const numbers = touched.map(({ number }) => number);
  if (keeps === 'tree')
    return {
      siblings: [],
      after: (await replaceLeaves(tree, numbers, prepared.leaves.all())).root,
    };
  const siblings = await openLeaves(tree, numbers);
  const after = await rootOf(tree.levels[0]!.length, numbers, prepared.leaves.all(), siblings);
  return { siblings, after };
}

interface Proving extends Material {
  readonly circuit: LoweredProgram;
  readonly dealt: Deal;
}

/** Proves the tiles that are not finished, and keeps each of them as the bundle will have it. */
async function proveMissing(
  { jobs, onProving, signal }: UnlearnOptions,
  job: Job,
  { circuit, dealt, ...material }: Proving,
): Promise<void> {
  await proveTiles({
    circuit,
    tiles: job.missing(),
    ...(jobs === undefined ? {} : { jobs }),
    ...(onProving === undefined ? {} : { onProgress: onProving }),
    ...(signal === undefined ? {} : { signal }),
    inputsOf: (tile) => materialInputs(material, tile, dealt.tiles[tile]!),
    onProof: (tile, { proof }) =>
      job.write(tile, encodeTile(materialLeaves(material, dealt.tiles[tile]!), proof)),
  });
}

/** The state with θ_u in place of θ_p. */
async function advance(
  state: State,
  holdings: Holdings,
  prepared: Prepared,
  touched: readonly TouchedBlock[],
  done: Done,
): Promise<void> {
  const { size } = state.plan.step;
  const weights = holdings.weights.slice();
  const weightSalts = holdings.weightSalts.slice();
  const leaves = new Elements(holdings.leaves.bytes.slice());
  const words = weightWords(state.plan.step);
  touched.forEach(({ number }, i) => {
    weights.set(prepared.weights.subarray(i * size, (i + 1) * size), number * size);
    weightSalts.set(prepared.salts.subarray(i * words, (i + 1) * words), number * words);
    leaves.set(number, prepared.leaves.get(i));
  });
  const next = { ...holdings, weights, weightSalts, leaves };
  await advanceState(state, next, done);
}
