// What the commands that prove have in common: how large a tile may be on this machine, how many provers fit, what they tell.
import {
  largestLog,
  smallestLog,
  type ProvingWork,
  type Report,
  type TileSize,
} from '../../../../stdlib/apex/index.ts';
import { countRows, hidingRows } from '../../../constraints/rows.ts';
import { fail } from '../../../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../meanings/circuit.ts';
import {
  bestJobs,
  jobsThatFit,
  rowsThatFit,
  thisMachine,
  type Machine,
} from '../../../prover/estimate.ts';
import { renderMemorySize } from '../../../prover/memory-size.ts';
import type { ProvingEvent } from '../../../prover/pool.ts';
import type { ProvingOptions } from '../../commands/apex/proving.ts';
import type { Outcome } from '../../exit.ts';
import { expectWork, type Expected } from './expected-work.ts';
import { progressReport } from './progress-report.ts';

export interface ProvingRoom {
  readonly machine: Machine;
  readonly size: TileSize;
  /** Prover processes for so many tiles, where the author names none. */
  chooseJobs(circuit: LoweredProgram, tiles: number): number;
}

/** Throws `too-little-memory`. */
export function provingRoom({ jobs, memory, tile }: ProvingOptions): ProvingRoom {
  const machine = { ...thisMachine(), ...(memory === undefined ? {} : { memory }) };
  const fitting = Math.floor(Math.log2(rowsThatFit(machine.memory, jobs ?? 1) + hidingRows));
  const mostLog = Math.min(largestLog, fitting);
  if (!(mostLog >= smallestLog))
    fail(
      'too-little-memory',
      `${renderMemorySize(machine.memory)} hold no prover`,
      'give it more with --memory, or fewer --jobs',
    );
  return {
    machine,
    size: tile === undefined ? { mostLog } : { log: Math.min(tile, mostLog) },
    chooseJobs({ system }, tiles) {
      const rows = countRows(system);
      return Math.max(1, Math.min(jobsThatFit(rows, machine), bestJobs(rows, tiles, machine)));
    },
  };
}

/** One proof of many tiles: what the library is given, and what was measured. */
export interface ProvingRun<W> {
  readonly given: TileSize &
    Pick<ProvingRoom, 'chooseJobs'> & {
      readonly jobs?: number;
      readonly report: Report;
      /** Tells the work, and stops before it where an estimate alone is asked for. */
      onWork(work: W): boolean;
      onProving(event: ProvingEvent): void;
    };
  /** The outcome where the work was only estimated. */
  estimated(): Outcome;
  measured(): { readonly seconds: number; readonly peakMemory: number };
}

/** Throws `too-little-memory`. */
export function provingRun<W extends ProvingWork>(
  options: ProvingOptions & { readonly estimate?: boolean },
  tellWork: (work: W, expected: Expected) => string,
): ProvingRun<W> {
  const { machine, size, chooseJobs } = provingRoom(options);
  const start = performance.now();
  let peakMemory = 0;
  let expected: Expected | undefined;
  return {
    given: {
      ...{ ...size, chooseJobs },
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      report: progressReport(),
      onWork(work) {
        expected = expectWork(work, machine);
        process.stderr.write(tellWork(work, expected));
        return !options.estimate;
      },
      onProving(event) {
        if (event.event === 'proved') peakMemory = Math.max(peakMemory, event.peakMemory);
        process.stderr.write(tellProving(event, start));
      },
    },
    estimated: () => ({
      exit: 0,
      json: { ok: true, estimate: expected },
      text: 'nothing was proved; leave --estimate out to begin\n',
    }),
    measured: () => ({ seconds: (performance.now() - start) / 1000, peakMemory }),
  };
}

/** A line for standard error; `start` is that of the command, by performance.now(). */
export function tellProving(event: ProvingEvent, start: number): string {
  const at = `${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  `;
  switch (event.event) {
    case 'compiled':
      return `${at}compiled in ${event.seconds.toFixed(1)} s (${event.backend})\n`;
    case 'proved':
      return `${at}tile ${event.tile} proved in ${event.seconds.toFixed(1)} s\n`;
    case 'died':
      return `${at}tile ${event.tile}: a worker died (${event.why}); it is tried again\n`;
  }
}
