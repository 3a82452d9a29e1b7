// Some tiles of a window, proved and verified as all of them would be, to measure on this machine what the whole takes. Nothing
// is kept: no bundle is written, the state stays as it is, and the salts of θ_u are thrown away.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import type { ProvingEvent } from '../../../compiler/prover/pool.ts';
import { verifyTiles } from '../../../compiler/prover/verify-tiles.ts';
import { leavesLength } from '../bundle/header.ts';
import { blocksOf, deal } from '../circuit/layout.ts';
import { tileCircuit } from '../circuit/tile.ts';
import { elementLength } from '../commitments/elements.ts';
import { buildTree, openLeaves, rootOf, siblingCount } from '../commitments/tree.ts';
import { touchedBlocks, type TouchedBlock } from '../documents/mask.ts';
import { checkPlan } from '../documents/plan.ts';
import { registrationDigest } from '../documents/registration.ts';
import { windowDigest, type Window } from '../documents/window.ts';
import { blockCount } from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import { chooseTiles, type TileSize } from './choose-tiles.ts';
import { prepareBlocks } from './prepare.ts';
import { openState, readHoldings, type Holdings } from './state.ts';
import { placesOfSample, proveSample, spreadTiles } from './sampled-tiles.ts';

export interface SampleOptions extends TileSize {
  /** The state's folder. */
  readonly folder: string;
  /** Checked against the plan's signer. */
  readonly window: Window;
  /** How many tiles; all where there are fewer. */
  readonly count: number;
  /** Prover processes. */
  readonly chooseJobs?: (circuit: LoweredProgram, tiles: number) => number;
  readonly report?: Report;
  readonly onProving?: (event: ProvingEvent) => void;
  readonly signal?: AbortSignal;
}

/** Wall clock. */
export interface SampleSeconds {
  /** θ_u and its commitments, for the blocks of the sample. */
  readonly prepare: number;
  /** The tree of all commitments, and the opening of the sample's in it. */
  readonly open: number;
  /** Compiling in the first worker. */
  readonly compile: number;
  /** One tile in its worker, the mean. */
  readonly prove: number;
  /** The same, of all cores: other work on the machine counts for less here. */
  readonly proveCores: number;
  /** Verifying the sample, with what a first verification takes. */
  readonly verify: number;
}

export interface Sample {
  /** Numbers of the tiles: the first, the last, and some between. */
  readonly proved: readonly number[];
  /** Tiles whose proof does not verify; none. */
  readonly refused: readonly number[];
  /** Blocks in the sample. */
  readonly blocksProved: number;
  readonly seconds: SampleSeconds;
  readonly jobs: number;
  readonly rows: number;
  /** Places for blocks in a tile. */
  readonly blocks: number;
  /** Of the whole window. */
  readonly touched: number;
  readonly tiles: number;
  /** Of the whole window, estimated from the sample: preparing and proving, and the size of the bundle. */
  readonly whole: {
    readonly seconds: number;
    /** Of proving. */
    readonly coreSeconds: number;
    readonly bundleBytes: number;
  };
}

/** @throws LetheError `other-plan`, `root-mismatch` for a state that is damaged, what the step refuses, `worker-died`. */
export async function sampleTiles(options: SampleOptions): Promise<Sample> {
  const { window, count, report = silent } = options;
  const state = await openState(options.folder);
  const { plan, registration, root } = state;
  checkPlan(plan, window.mask.plan, 'the window');
  const all = touchedBlocks(plan.scope, window.mask.bits);
  const jobsFor = (circuit: LoweredProgram, tiles: number): number =>
    options.chooseJobs?.(circuit, tiles) ?? 1;
  const tiles = chooseTiles(plan.step, all, options, jobsFor);
  const { layout, tiles: dealt } = deal(all, tiles);
  const proved = spreadTiles(count, tiles);
  const { sample, positions } = placesOfSample(proved, dealt);
  const touched = positions.map((position) => all[position]!);

  const holdings = await readHoldings(state);
  const [prepared, prepare] = await timed(() => prepareBlocks(plan, touched, holdings, report));
  report({ phase: 'opening the tree', done: 0, total: 1 });
  const [, open] = await timed(() => checkOpening(holdings, sortedByNumber(touched), root));
  const numbers = all.map(({ number }) => number);
  const siblings = plan.keeps === 'tree' ? 0 : await siblingCount(blockCount(plan.scope), numbers);

  const circuit = compileCircuit(tileCircuit(plan.step, layout));
  const jobs = Math.min(proved.length, jobsFor(circuit, proved.length));
  const subject = {
    plan: window.mask.plan,
    registration: registrationDigest(registration),
    window: windowDigest(window),
    root,
  };
  const material = { plan, subject, layout, holdings, touched, prepared };
  const { claims, key, compile, prove, proveCores } = await proveSample(options, circuit, jobs, {
    ...material,
    sample,
  });
  const start = performance.now();
  const refused: number[] = [];
  await verifyTiles({
    circuit,
    ...(key === undefined ? {} : { key }),
    jobs: 1,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    claims,
    onVerdict({ tile, findings }) {
      if (findings.length > 0) refused.push(tile);
    },
  });
  const verify = secondsSince(start);

  const proofBytes = claims.reduce((sum, { proof }) => sum + proof.length, 0) / claims.length;
  return {
    proved,
    refused,
    blocksProved: touched.length,
    seconds: { prepare, open, compile, prove, proveCores, verify },
    jobs,
    rows: totalRows(countRows(circuit.system)),
    blocks: blocksOf(layout),
    touched: all.length,
    tiles,
    whole: {
      seconds: (prepare * all.length) / touched.length + open + compile + (prove * tiles) / jobs,
      coreSeconds: proveCores * tiles,
      bundleBytes:
        all.length * leavesLength(plan.keeps) + siblings * elementLength + tiles * proofBytes,
    },
  };
}

const sortedByNumber = (touched: readonly TouchedBlock[]): TouchedBlock[] =>
  [...touched].sort((a, b) => a.number - b.number);

/** That the commitments of these blocks are those of the root, as a verifier will see. */
async function checkOpening(
  holdings: Holdings,
  touched: readonly TouchedBlock[],
  root: bigint,
): Promise<void> {
  const tree = await buildTree(holdings.leaves);
  const leaves = tree.levels[0]!;
  const numbers = touched.map(({ number }) => number);
  const own = numbers.map((number) => leaves.get(number));
  const opened = await rootOf(leaves.length, numbers, own, await openLeaves(tree, numbers));
  if (opened !== root)
    fail(
      'root-mismatch',
      'the commitments of the state do not open its root',
      'restore the folder of the state from a backup, or register again',
    );
}

async function timed<T>(action: () => Promise<T>): Promise<[result: T, seconds: number]> {
  const start = performance.now();
  const result = await action();
  return [result, secondsSince(start)];
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;
