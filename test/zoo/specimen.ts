// A broken circuit, as an author could plausibly have written it, and the net that must catch it.
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import type { Broken, Net } from './answer.ts';

/** The nets that need no witness. */
export type AnalysisNet = Extract<
  Net,
  'building' | 'determinism' | 'hiding' | 'assumptions' | 'binding'
>;

export interface Specimen extends Pick<Broken, 'fault' | 'attack'> {
  /** The row of the catalogue of faults. */
  readonly row: number;
  /** The net that catches it, and the op that it points at. */
  readonly net: AnalysisNet;
  readonly op: string;
  /** Throws a LetheError where building is the net. */
  readonly build: () => LoweredProgram;
}
