// The benchmark of one circuit: where its rows go, and, on inputs, what a proof of it takes beside the reference.
import { countRows, domainOf, type RowCounts } from '../constraints/rows.ts';
import type { InputValues } from '../constraints/witness.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { attributeRows, rowsByPurpose, type Part, type RowsByPurpose } from './attribution.ts';
import { measure } from './measure.ts';
import { medianOf, type Measurement } from './measurement.ts';
import { reference } from './plain-circuit.ts';

export interface CircuitBench {
  readonly rows: number;
  readonly counts: RowCounts;
  /** Rows of a proof, padded. */
  readonly domain: number;
  readonly byPurpose: RowsByPurpose;
  /** Most rows first; they sum to `rows`. */
  readonly parts: readonly Part[];
  /** Where inputs were given. */
  readonly proof?: ProofBench;
}

export interface ProofBench {
  readonly runs: number;
  /** Medians. */
  readonly circuit: Measurement;
  readonly reference: Measurement;
  /** Core seconds of a proof, in those of the reference: what another machine can compare. */
  readonly ratio: number;
}

export interface ProofRuns {
  readonly inputs: InputValues;
  readonly runs: number;
  /** Modules that define the circuit's hints: absolute paths, or file URLs. */
  readonly imports?: readonly string[];
  /** Hears which measurement begins. */
  readonly progress?: (title: string) => void;
}

export async function benchCircuit(
  circuit: LoweredProgram,
  proof?: ProofRuns,
): Promise<CircuitBench> {
  const counts = countRows(circuit.system);
  const attribution = attributeRows(circuit);
  return {
    ...attribution,
    counts,
    domain: domainOf(counts),
    byPurpose: rowsByPurpose(attribution),
    ...(proof ? { proof: await benchProof(circuit, proof) } : {}),
  };
}

/** Circuit and reference take turns, so that what else the machine does falls on both. */
async function benchProof(
  circuit: LoweredProgram,
  { inputs, runs, imports = [], progress = () => undefined }: ProofRuns,
): Promise<ProofBench> {
  const [own, plain]: [Measurement[], Measurement[]] = [[], []];
  for (let run = 1; run <= runs; run++) {
    progress(`reference, run ${run} of ${runs}`);
    plain.push(await measure({ plain: reference }));
    progress(`${circuit.program.name}, run ${run} of ${runs}`);
    own.push(await measure({ circuit, inputs, imports }));
  }
  const medians = { circuit: medianOf(own), reference: medianOf(plain) };
  const ratio = medians.circuit.seconds.prove.core / medians.reference.seconds.prove.core;
  return { runs, ...medians, ratio };
}
