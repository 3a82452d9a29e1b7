// What is measured of one circuit in a process of its own, and medians of it.
import type { RowCounts } from '../constraints/rows.ts';
import type { Backend } from '../targets/kimchi/backend.ts';

/** Seconds of the clock, and of all cores together. */
export interface Seconds {
  readonly wall: number;
  /** Processor time of the process: what it costs whatever else the machine does. */
  readonly core: number;
}

export const stages = ['record', 'load', 'compile', 'witness', 'prove', 'verify', 'batch'] as const;

/** Proofs that the stage `batch` verifies together. */
export const batchSize = 64;

/**
 * record    the program, as text, parsed, analysed and lowered
 * load      o1js and its backend
 * compile   what depends on the circuit, and the Lagrange basis of its domain
 * witness   from inputs to a witness, every gate checked
 * prove     one proof
 * verify    one proof, in the process that compiled: no basis is computed for it
 * batch     {@link batchSize} times that proof, verified together
 */
export type Stage = (typeof stages)[number];

export interface Measurement {
  readonly backend: Backend;
  readonly rows: RowCounts;
  readonly domain: number;
  readonly seconds: Readonly<Record<Stage, Seconds>>;
  /** The most that was resident until the end of the stage, in bytes. */
  readonly memory: Readonly<Record<'load' | 'compile' | 'prove', number>>;
  readonly proofBytes: number;
}

/** Core seconds of each further proof in a batch. */
export const furtherProof = ({ seconds: { verify, batch } }: Measurement): number =>
  Math.max(0, batch.core - verify.core) / (batchSize - 1);

/** The middle value; of an even number the mean of the middle two. Throws a RangeError for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('the median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Of several measurements of one circuit; each number by itself. */
export function medianOf(runs: readonly Measurement[]): Measurement {
  const of = (read: (run: Measurement) => number): number => median(runs.map(read));
  const seconds = Object.fromEntries(
    stages.map((stage) => [
      stage,
      { wall: of((run) => run.seconds[stage].wall), core: of((run) => run.seconds[stage].core) },
    ]),
  ) as Record<Stage, Seconds>;
  const { backend, rows, domain } = runs[0]!;
  return {
    backend,
    rows,
    domain,
    seconds,
    memory: {
      load: of(({ memory }) => memory.load),
      compile: of(({ memory }) => memory.compile),
      prove: of(({ memory }) => memory.prove),
    },
    proofBytes: of(({ proofBytes }) => proofBytes),
  };
}
