// Proves many tiles of one circuit in worker processes, each of which compiles the circuit once.
import { countRows } from '../constraints/rows.ts';
import type { InputValues } from '../constraints/witness.ts';
import { about } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import type { Backend } from '../targets/kimchi/backend.ts';
import { bestJobs } from './estimate.ts';
import type { Statement } from './statement.ts';
import type { ProverReady, ProveRequest, ProveResult } from './worker.ts';
import { circuitMessage } from './workers/circuit.ts';
import { attempts, giveUp, runCrew } from './workers/crew.ts';
import { packTensors, unpackTensors } from './workers/integers.ts';
import { spawnWorker } from './workers/spawn.ts';
import { threadsOf } from './workers/threads.ts';

/** What a worker hands over for one tile. */
export interface TileProof {
  readonly statement: Statement;
  readonly proof: Uint8Array;
}

export type ProvingEvent =
  /** A worker has compiled the circuit. */
  | {
      readonly event: 'compiled';
      readonly pid: number;
      readonly backend: Backend;
      readonly seconds: number;
    }
  /** A tile is proved and taken; `peakMemory` is the worker's so far, in bytes. */
  | {
      readonly event: 'proved';
      readonly tile: number;
      readonly pid: number;
      readonly seconds: number;
      readonly coreSeconds: number;
      readonly peakMemory: number;
      readonly done: number;
    }
  /** A worker died of a tile, which is tried again. */
  | { readonly event: 'died'; readonly tile: number; readonly why: string };

export interface ProveTiles {
  /** As it was compiled. Its program reaches the workers as text. */
  readonly circuit: LoweredProgram;
  /** Modules that define the circuit's hints: absolute paths, or file URLs. */
  readonly imports?: readonly string[];
  /** Which tiles; those of a job that are not finished. */
  readonly tiles: Iterable<number>;
  /** Integers of the input tensors of a tile. Asked for a tile at a time, shortly before it is proved. */
  readonly inputsOf: (tile: number) => Promise<InputValues> | InputValues;
  /** Takes a proof, in the order in which they come; the tile is done when it returns. */
  readonly onProof: (tile: number, proof: TileProof) => Promise<void> | void;
  /** Worker processes; `bestJobs` of this machine otherwise. */
  readonly jobs?: number;
  readonly onProgress?: (event: ProvingEvent) => void;
  /** Kills the workers; `proveTiles` then throws its reason. */
  readonly signal?: AbortSignal;
}

export interface ProvedTiles {
  /** Undefined where there was no tile, and so no compiling. */
  readonly verificationKey: string | undefined;
}

interface Task {
  readonly tile: number;
  readonly request: ProveRequest;
}

interface Outcome extends ProveResult {
  readonly pid: number;
}

/**
 * Throws a LetheError that names the tile for inputs that the circuit refuses, and `worker-died` when workers died
 * of one tile three times. Tiles whose `onProof` has returned stay done.
 */
export async function proveTiles(options: ProveTiles): Promise<ProvedTiles> {
  const { circuit, imports = [], inputsOf, onProof, onProgress, signal } = options;
  const tiles = [...options.tiles];
  const jobs = options.jobs ?? bestJobs(countRows(circuit.system), tiles.length);
  const start = circuitMessage(circuit, imports);
  let [verificationKey, done]: [string | undefined, number] = [undefined, 0];
  await runCrew<Task, Outcome>({
    jobs,
    signal,
    tasks: tasksOf(tiles, inputsOf),
    spawn: () => spawnWorker(import.meta.url, 'worker', threadsOf(jobs)),
    async prepare(worker) {
      const ready = await worker.ask<ProverReady>(start);
      ({ verificationKey } = ready);
      const { backend, seconds } = ready;
      onProgress?.({ event: 'compiled', pid: worker.pid, backend, seconds });
    },
    ask: (worker, { tile, request }) =>
      about(`tile ${tile}`, async () => ({
        ...(await worker.ask<ProveResult>(request)),
        pid: worker.pid,
      })),
    async done({ tile }, { statement, proof, ...measured }) {
      await onProof(tile, { statement: unpackTensors(statement), proof });
      onProgress?.({ event: 'proved', tile, ...measured, done: ++done });
    },
    died({ tile }, death, attempt) {
      if (attempt === attempts) giveUp(`tile ${tile}`, death);
      onProgress?.({ event: 'died', tile, why: death.message });
      return undefined;
    },
  });
  return { verificationKey };
}

async function* tasksOf(
  tiles: Iterable<number>,
  inputsOf: ProveTiles['inputsOf'],
): AsyncGenerator<Task> {
  for (const tile of tiles)
    yield { tile, request: { tile, inputs: packTensors(await inputsOf(tile)) } };
}
