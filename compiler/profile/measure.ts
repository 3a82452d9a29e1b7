// Measures one circuit in a process that does nothing else and then ends: its memory and its processor time are the circuit's.
import type { InputValues } from '../constraints/witness.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { circuitMessage, type CircuitMessage } from '../prover/workers/circuit.ts';
import { packTensors, type PackedTensors } from '../prover/workers/integers.ts';
import { spawnWorker } from '../prover/workers/spawn.ts';
import type { Measurement } from './measurement.ts';
import type { PlainCounts } from './plain-circuit.ts';

export interface CircuitSubject {
  readonly circuit: LoweredProgram;
  readonly inputs: InputValues;
  /** Modules that define the circuit's hints. */
  readonly imports?: readonly string[];
}

export type Subject = { readonly plain: PlainCounts } | CircuitSubject;

/** What the process is told. */
export type SubjectMessage =
  | { readonly plain: PlainCounts }
  | { readonly circuit: CircuitMessage; readonly inputs: PackedTensors };

export interface MeasureOptions {
  /** The URL of this module as it is built, where the sources are run: the process then needs no tsx, and less memory. */
  readonly near?: string;
  /** For the process, beside this one's; LETHE_CACHE empty measures compiling without a basis on the disk. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Throws what the circuit refuses, or WorkerDied where the process was killed for its memory. */
export async function measure(
  subject: Subject,
  { near = import.meta.url, environment = {} }: MeasureOptions = {},
): Promise<Measurement> {
  const worker = spawnWorker(near, 'measure-worker', environment);
  try {
    return await worker.ask<Measurement>(messageOf(subject));
  } finally {
    await worker.kill();
  }
}

const messageOf = (subject: Subject): SubjectMessage =>
  'plain' in subject
    ? subject
    : {
        circuit: circuitMessage(subject.circuit, subject.imports),
        inputs: packTensors(subject.inputs),
      };
