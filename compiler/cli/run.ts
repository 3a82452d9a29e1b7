// What prove and check have in common: the circuit, its inputs, and the three meanings side by side.
import { analyzeErrors, largestError } from '../meanings/error.ts';
import { buildCircuit } from '../choices/build.ts';
import { compileProgram } from '../compile.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import type { AnyCircuit } from '../../dsl/circuit.ts';
import { fail, isLetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { bindInputs, type BoundInputs } from '../inputs/bind.ts';
import { inputsOf, portsOf, type TypedPort } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import type { WorkLimit } from '../program/work.ts';
import { observe } from '../meanings/observe.ts';
import { fractionOf } from '../ir/format.ts';
import { toReal } from '../numbers/rounding.ts';
import { boundsOfFloat64, isBeyond } from '../testing/near-reals.ts';
import { solveAndCheck } from '../meanings/witness.ts';
import { trustIn, type Trust } from './assumptions.ts';
import { importFile } from './import-file.ts';
import { loadCircuit } from './load-circuit.ts';
import { loadInputs } from './load-inputs.ts';
import type { CircuitOptions, HintOptions } from './options.ts';
import { showProgress } from './progress.ts';

/** Compiles the circuit of a file. Throws a LetheError. */
export const loadProgram = async (file: string, options: CircuitOptions): Promise<LoweredProgram> =>
  compileProgram(await buildProgram(file, options));

/** As `loadProgram`, for commands that compute witnesses: that need every hint. Says all that are missing first. */
export async function loadWitnessProgram(
  file: string,
  options: CircuitOptions & HintOptions,
): Promise<LoweredProgram> {
  const { requireHints } = await import('../program/hints.ts');
  for (const module of options.hints ?? []) await importFile(module);
  const program = await buildProgram(file, options);
  requireHints(program);
  return compileProgram(program);
}

/** The program of a file before any pass, with its choices made. Throws a LetheError. */
export async function buildProgram(file: string, options: CircuitOptions): Promise<Program> {
  const circuit = guarded(file, await loadCircuit(file, options.name, options), options);
  const progress = showProgress('choosing formats, combinations', !options.json);
  const program = buildCircuit(circuit, options.set, { progress: (tried) => progress(tried) });
  progress();
  return program;
}

/** A build function may throw anything; what is not ours is a fault of the author's file. It may ask for as many gates as `limit` says. */
export function guarded(file: string, circuit: AnyCircuit, limit: WorkLimit = {}): AnyCircuit {
  const build: AnyCircuit['build'] = (parameters, choose) => {
    try {
      return circuit.build(parameters, choose, limit);
    } catch (error) {
      if (isLetheError(error)) throw error;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return fail('build-failed', `${file}: the build function of ${circuit.name} threw: ${text}`);
    }
  };
  return { name: circuit.name, parameters: circuit.parameters, build };
}

export interface OutputReport {
  readonly port: TypedPort;
  readonly integers: readonly bigint[];
  /** Observed and derived bound of |fixed − real|; undefined for opaque outputs. */
  readonly error?: {
    readonly observed: number;
    readonly bound: number;
    /** The assumptions that the bound rests on. */
    readonly restsOn: readonly string[];
    /** The first element that is farther from float64 than its bound, and than float64's own rounding explains. */
    readonly beyond?: number;
  };
}

export interface Run {
  readonly circuit: LoweredProgram;
  readonly inputs: BoundInputs;
  readonly witness: readonly bigint[];
  readonly outputs: readonly OutputReport[];
  readonly trust: Trust;
  /** Empty when float, fixed and circuit agree and every assertion holds. */
  readonly findings: readonly Diagnostic[];
}

/** Evaluates a circuit on files of inputs in all its meanings, up to a proof. */
export async function runCircuit(circuit: LoweredProgram, files: readonly string[]): Promise<Run> {
  const { program, ranges } = circuit;
  const inputs = bindInputs(program, await loadInputs(files, inputsOf(program)));
  const shadow = observe(program, inputs);
  const trust = trustIn(circuit);
  if (shadow.findings.length > 0)
    return { circuit, inputs, witness: [], outputs: [], trust, findings: shadow.findings };
  const { witness, findings } = solveAndCheck(circuit, inputs.fixed);
  const bounds = analyzeErrors(program, ranges);
  const floatBounds = boundsOfFloat64(circuit);
  const outputs = portsOf(program)
    .filter(({ direction }) => direction === 'output')
    .map((port): OutputReport => {
      const integers = shadow.values[port.line]!;
      const observed = shadow.lines[port.line]?.error;
      if (observed === undefined) return { port, integers };
      const restsOn = trust.assumptions.restsOn[port.line]!;
      const bound = largestError(bounds[port.line]!);
      const fraction = fractionOf(port.type.format);
      const beyond = integers.findIndex((integer, element) =>
        isBeyond(
          Math.abs(toReal(integer, fraction) - shadow.reals[port.line]![element]!),
          floatBounds[port.line]![element]!,
        ),
      );
      const error = { observed, bound, restsOn, ...(beyond === -1 ? {} : { beyond }) };
      return { port, integers, error };
    });
  return { circuit, inputs, witness, outputs, trust, findings };
}
