// Finds the smallest sizes and inputs at which a law fails.
import fc from 'fast-check';
import type { AnyCircuit, Parameters } from '../../dsl/circuit.ts';
import { compileCircuit } from '../compile.ts';
import { isLetheError } from '../diagnostics/diagnostic.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import type { Program } from '../ir/program.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { checkInputs } from './check-inputs.ts';
import { Mistake } from './mistake.ts';
import { laws, type LawName } from './named-laws.ts';
import type { Given } from './specification/specification.ts';

export interface Attempt {
  readonly circuit: AnyCircuit;
  readonly law: LawName;
  readonly inputs: (program: Program) => fc.Arbitrary<BoundInputs>;
  readonly numRuns?: number;
  readonly given: Given;
}

export interface Failure {
  readonly seed: number;
  /** Where fast-check found the inputs. */
  readonly path: string;
  readonly inputs: BoundInputs;
  /** What was seen. */
  readonly message: string;
  readonly circuit: LoweredProgram;
}

/** Tries the law on random inputs; undefined where it holds. Throws a Mistake of the author's. */
export const tryLaw = (
  attempt: Attempt,
  circuit: LoweredProgram,
  seed?: number,
): Failure | undefined =>
  check(attempt, circuit, { endOnFailure: true, ...(seed === undefined ? {} : { seed }) });

/** The same law at smaller parameters, one after the other, as long as it fails there, too; then its smallest inputs. */
export function smallestFailure(attempt: Attempt, first: Failure): Failure {
  let smallest = first;
  for (const key of Object.keys(first.circuit.program.parameters)) {
    const { parameters } = smallest.circuit.program;
    for (let size = 1; size < parameters[key]! && size <= 4; size++) {
      const circuit = compiled(attempt.circuit, { ...parameters, [key]: size });
      const failure = circuit && tryQuietly(attempt, circuit, first.seed);
      if (failure) smallest = failure;
      if (failure) break;
    }
  }
  const { circuit, seed, path } = smallest;
  return check(attempt, circuit, { seed, path }) ?? smallest;
}

/** The most inputs that shrinking tries: an attack on each takes long. */
const mostShrinks = 100;

function check(
  { law, inputs, numRuns, given }: Attempt,
  circuit: LoweredProgram,
  options: { readonly seed?: number; readonly path?: string; readonly endOnFailure?: boolean },
): Failure | undefined {
  let left = mostShrinks;
  let hasFailed = false;
  const property = fc.property(inputs(circuit.program), (bound) => {
    if (hasFailed && left-- <= 0) return;
    try {
      checkInputs(circuit.program, bound);
      laws[law](circuit, bound, given);
    } catch (error) {
      // Smaller inputs that the author's code is not made for are no smaller failure.
      if (hasFailed && error instanceof Mistake) return;
      hasFailed = true;
      throw error;
    }
  });
  const run = fc.check(property, { ...options, ...(numRuns === undefined ? {} : { numRuns }) });
  if (!run.failed) return undefined;
  const error: unknown = run.errorInstance;
  if (error instanceof Mistake) throw error;
  const message = error instanceof Error ? error.message : String(error);
  const [found] = run.counterexample!;
  return { seed: run.seed, path: run.counterexamplePath ?? '', inputs: found, message, circuit };
}

/** Inputs or a specification that are not made for these sizes say nothing of the circuit. */
function tryQuietly(attempt: Attempt, circuit: LoweredProgram, seed: number): Failure | undefined {
  try {
    return tryLaw(attempt, circuit, seed);
  } catch {
    return undefined;
  }
}

/** Undefined where the circuit cannot be built so small. */
function compiled(circuit: AnyCircuit, parameters: Parameters): LoweredProgram | undefined {
  try {
    return compileCircuit(circuit, parameters);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}
