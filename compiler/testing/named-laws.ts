// The laws by name, so that a failure of one can be said, and replayed.
import type { BoundInputs } from '../inputs/bind.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { choicesAreNear, circuitEqualsFixed, fixedNearReal, tamperingIsRefused } from './laws.ts';
import type { Given } from './specification/specification.ts';
import { acceptedAgrees, specifiedIsAccepted } from './specification/laws.ts';
import { blocksAreIndependent, rewritingChangesNothing } from './metamorphic.ts';

/** Throws an Error that says what was seen, or a Mistake of the author's. `given` is what only some laws need. */
export type Law = (circuit: LoweredProgram, inputs: BoundInputs, given: Given) => void;

/** Dishonest witnesses for each input. */
const tampered = 300;

export const laws = {
  'circuit = fixed point, exactly': (circuit, { fixed }) => circuitEqualsFixed(circuit, fixed),
  'in its intervals, and near the reals within the bound': fixedNearReal,
  'tampering is refused': (circuit, { fixed }) =>
    tamperingIsRefused(circuit, fixed, { limit: tampered }),
  'choices stay within their bounds': (circuit, inputs) => choicesAreNear(circuit, inputs),
  'written in another way it means the same': rewritingChangesNothing,
  'blocks are independent': (circuit, inputs) => blocksAreIndependent(circuit, inputs, 1),
  'what is accepted agrees with the specification': acceptedAgrees,
  'what the specification takes is accepted': specifiedIsAccepted,
} as const satisfies Readonly<Record<string, Law>>;

export type LawName = keyof typeof laws;
