// Some tiles of a window, proved and verified as all of them would be, to measure on this machine what the whole takes. Nothing
// is kept: no bundle is written, the state stays as it is, and the multipliers' salts are thrown away.
import { rm } from 'node:fs/promises';
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { proveTiles, type ProvingEvent } from '../../../compiler/prover/pool.ts';
import { verifyTiles, type TileClaim } from '../../../compiler/prover/verify-tiles.ts';
import { tileCount, type TileSet } from '../circuit/deal.ts';
import { shapeOf } from '../circuit/layout.ts';
import { tileCircuit } from '../circuit/tile.ts';
import { elementLength } from '../commitments/elements.ts';
import { siblingCount } from '../commitments/tree.ts';
import type { LiveBlock } from '../documents/history.ts';
import type { Window } from '../documents/window.ts';
import { weightCount } from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import { prepareAnswer } from './answer.ts';
import { makeSampleFolder } from './answers.ts';
import { chooseTiles, type TileSize } from './choose-size.ts';
import { Holdings } from './holdings.ts';
import { materialInputs, materialStatement, type Material } from './material.ts';
import { openQuestion, type ReceiptFile } from './question.ts';

export interface SampleOptions extends TileSize {
  /** The state's folder. */
  readonly folder: string;
  /** Checked against the plan's signer. */
  readonly window: Window;
  /** Where the state has none yet. */
  readonly receipt?: ReceiptFile;
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
  /** Multipliers and their commitments, for the blocks of the sample. */
  readonly prepare: number;
  /** Compiling a circuit in the first worker, the mean. */
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
  /** Rows of the largest tile. */
  readonly rows: number;
  /** Blocks of the whole window that would be proved. */
  readonly blocks: number;
  readonly tiles: number;
  readonly circuits: number;
  /** The whole window, estimated from the sample: preparing and proving, and the size of the bundle. */
  readonly whole: {
    readonly seconds: number;
    /** Core seconds of proving. */
    readonly coreSeconds: number;
    readonly bundleBytes: number;
  };
}

/** @throws LetheError as `unlearn`. */
export async function sampleTiles(options: SampleOptions): Promise<Sample> {
  const { count, report = silent } = options;
  const { state, subject, blocks, kept } = await openQuestion({ ...options, keeping: false });
  const { plan } = state;
  const all = blocks.filter((_, index) => !kept?.unchanged.has(index));
  const shapes = all.map(({ live }) => shapeOf(plan.step.size, live));
  const jobsFor = (circuit: LoweredProgram, tiles: number): number =>
    options.chooseJobs?.(circuit, tiles) ?? 1;
  const { sets } = chooseTiles(plan.step, shapes, options, jobsFor);
  const tiles = tileCount(sets);
  const proved = spreadTiles(count, tiles);
  const { sampled, positions } = sampleOf(sets, proved);
  const holdings = await Holdings.open(state);
  const folder = await makeSampleFolder(state);
  try {
    const own = positions.map((position) => all[position]!);
    const [answer, prepare] = await timed(() =>
      prepareAnswer(folder, plan, own, holdings, undefined, report),
    );
    const material = { plan, subject, holdings, answer, proved: own.map((_, i) => i) };
    const measured = { compile: 0, prove: 0, proveCores: 0, verify: 0, bytes: 0, jobs: 1, rows: 0 };
    const refused: number[] = [];
    for (const set of sampled) {
      const each = await proveSet(options, material, set, jobsFor);
      refused.push(...each.refused);
      measured.compile += each.compile / sampled.length;
      measured.prove += each.prove / proved.length;
      measured.proveCores += each.proveCores / proved.length;
      measured.verify += each.verify;
      measured.bytes += each.bytes / proved.length;
      measured.jobs = Math.max(measured.jobs, each.jobs);
      measured.rows = Math.max(measured.rows, each.rows);
    }
    const { bytes, jobs, rows, ...seconds } = measured;
    const opened = plan.keeps === 'root' ? await openingOf(material, all) : 0;
    return {
      proved,
      refused,
      blocksProved: own.length,
      seconds: { prepare, ...seconds },
      jobs,
      rows,
      blocks: all.length,
      tiles,
      circuits: sets.length,
      whole: {
        seconds:
          (prepare * all.length) / Math.max(1, own.length) +
          seconds.compile * sets.length +
          (seconds.prove * tiles) / jobs,
        coreSeconds: seconds.proveCores * tiles,
        bundleBytes: elementLength * (all.length + opened) + tiles * bytes,
      },
    };
  } finally {
    await holdings.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Leaves and siblings of a bundle for these blocks. */
async function openingOf(
  { plan, holdings }: Material,
  blocks: readonly LiveBlock[],
): Promise<number> {
  const positions = blocks.flatMap(({ number, live }) =>
    live.map((entry) => holdings.firstPosition(number) + entry),
  );
  return positions.length + (await siblingCount(weightCount(plan.scope), positions));
}

/** `count` of the tiles, evenly, with the first and the last. */
export function spreadTiles(count: number, tiles: number): number[] {
  const own = Math.min(count, tiles);
  if (own <= 1) return own === 1 ? [0] : [];
  return Array.from({ length: own }, (_, i) => Math.floor((i * (tiles - 1)) / (own - 1)));
}

/** The sampled tiles of a set: what stands in their places, by position among the blocks of the sample alone. */
interface SampledSet {
  readonly set: TileSet;
  readonly places: ReadonlyMap<number, readonly number[]>;
}

function sampleOf(
  sets: readonly TileSet[],
  numbers: readonly number[],
): { sampled: SampledSet[]; positions: number[] } {
  const positions: number[] = [];
  const sampled = sets.flatMap((set): SampledSet[] => {
    const own = numbers.filter((tile) => tile >= set.first && tile < set.first + set.tiles.length);
    if (own.length === 0) return [];
    const places = own.map(
      (tile) =>
        [tile, set.tiles[tile - set.first]!.map((place) => positions.push(place) - 1)] as const,
    );
    return [{ set, places: new Map(places) }];
  });
  return { sampled, positions };
}

interface MeasuredSet {
  readonly refused: readonly number[];
  /** Sums over the tiles of the set. */
  readonly prove: number;
  readonly proveCores: number;
  readonly bytes: number;
  readonly compile: number;
  readonly verify: number;
  readonly jobs: number;
  readonly rows: number;
}

async function proveSet(
  { onProving, signal }: SampleOptions,
  material: Material,
  { set, places }: SampledSet,
  jobsFor: (circuit: LoweredProgram, tiles: number) => number,
): Promise<MeasuredSet> {
  const circuit = compileCircuit(tileCircuit(material.plan.step, set.layout));
  const jobs = Math.min(places.size, jobsFor(circuit, places.size));
  const claims: TileClaim[] = [];
  let [compile, prove, proveCores] = [0, 0, 0];
  const stop = signal === undefined ? {} : { signal };
  const { verificationKey } = await proveTiles({
    circuit,
    tiles: places.keys(),
    jobs,
    ...stop,
    inputsOf: (tile) => materialInputs(material, tile, places.get(tile)!),
    async onProof(tile, { proof }) {
      const statement = await materialStatement(material, tile, places.get(tile)!);
      claims.push({ tile, statement, proof });
    },
    onProgress(event) {
      if (event.event === 'compiled') compile = Math.max(compile, event.seconds);
      if (event.event === 'proved') {
        prove += event.seconds;
        proveCores += event.coreSeconds;
      }
      onProving?.(event);
    },
  });
  const refused: number[] = [];
  const [, verify] = await timed(() =>
    verifyTiles({
      circuit,
      ...(verificationKey === undefined ? {} : { key: verificationKey }),
      jobs: 1,
      ...stop,
      claims,
      onVerdict({ tile, findings }) {
        if (findings.length > 0) refused.push(tile);
      },
    }),
  );
  const bytes = claims.reduce((sum, { proof }) => sum + proof.length, 0);
  const rows = totalRows(countRows(circuit.system));
  return { refused, prove, proveCores, bytes, compile, verify, jobs, rows };
}

async function timed<T>(action: () => Promise<T>): Promise<[result: T, seconds: number]> {
  const start = performance.now();
  const result = await action();
  return [result, (performance.now() - start) / 1000];
}
