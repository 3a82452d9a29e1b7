// The laws of a circuit on random inputs, for any test runner.
import fc from 'fast-check';
import type { AnyCircuit, Parameters } from '../../dsl/circuit.ts';
import { analyzeAssumptions, openAssumptions } from '../analyses/assumptions/assumptions.ts';
import { analyzeDeterminism } from '../analyses/determinism/report.ts';
import { compileCircuit } from '../compile.ts';
import { checkWitness } from '../constraints/checker.ts';
import { LetheError } from '../diagnostics/diagnostic.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import type { Program } from '../ir/program.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { checkInputs } from './check-inputs.ts';
import { checkOptions } from './check-options.ts';
import { smallestFailure, tryLaw } from './failure.ts';
import { defaultInputs } from './honest/default-inputs.ts';
import { mistaken } from './mistake.ts';
import { laws, type LawName } from './named-laws.ts';
import { renderFailure } from './replay-file.ts';
import type { Specification, Within } from './specification/specification.ts';
import { findUnusedParameters } from './unused-parameters.ts';
import { honestWitness } from './witness.ts';

export interface LawOptions {
  /**
   * Inputs to try; by default anything that the formats hold and, where assertions refuse nearly all of that, honest inputs that a search
   * finds. Needed where it finds none. Start from what the formats hold, and replace what has to fit:
   *
   * ```ts
   * inputs: (program) =>
   *   arbitraryInputs(program).map((bound) => withIntegers(program, bound, { mask: topOf(bound.fixed.get('scores')!) })),
   * ```
   */
  readonly inputs?: (program: Program) => fc.Arbitrary<BoundInputs>;
  /** The intended computation, in plain TypeScript: `spec: ({ x }) => ({ y: x.map(Math.abs) })`. See {@link Specification}. */
  readonly spec?: Specification;
  /**
   * How far an output may be from the reals of the specification, one distance or one for each output: `within: { y: 0.01 }`. By
   * default the derived bound for exact inputs, where there is one that rests on no assumption.
   */
  readonly within?: Within;
  /** Sizes to build it for, `parameters: { size: 2 }`; by default the circuit's own. */
  readonly parameters?: Parameters;
  /** Inputs for each law; by default 100, and a fifth of that against a specification. */
  readonly numRuns?: number;
  /** Assumptions that are accepted, by the names that `lethe audit` prints: `assume: ['clip.within']`. */
  readonly assume?: readonly string[];
  /** All inputs and outputs have their blocks along axis 0, and the blocks do not depend on each other. */
  readonly blocks?: boolean;
}

/** Checks every law. Throws an Error with a report: what was seen, the seed, and a file that replays it. */
export function checkLaws(circuit: AnyCircuit, options: LawOptions = {}): void {
  checkOptions(options);
  const compiled = compileCircuit(circuit, options.parameters);
  checkDetermined(compiled);
  checkAssumptions(compiled, options);
  checkParameters(circuit, compiled);
  for (const law of lawsOf(options)) checkLaw(law, circuit, compiled, options);
  checkHonest(compiled, options);
}

/** The laws that the options ask for. Throws a Mistake for `within` without a specification. */
export function lawsOf({ blocks = false, spec, inputs, within }: LawOptions): LawName[] {
  if (within !== undefined && !spec)
    mistaken(
      'bad-within',
      '`within` is a distance from a specification, and there is none',
      'give the specification, spec, or leave `within` out',
    );
  const left: readonly LawName[] = [
    ...(blocks ? [] : (['blocks are independent'] as const)),
    ...(spec ? [] : ([specified] as const)),
    // The circuit need not accept inputs that no author gave.
    ...(spec && inputs ? [] : (['what the specification takes is accepted'] as const)),
  ];
  return (Object.keys(laws) as LawName[]).filter((law) => !left.includes(law));
}

const specified = 'what is accepted agrees with the specification';

/** Each input is attacked in three ways, so fewer are tried. */
const specifiedRuns = (): number => Math.ceil((fc.readConfigureGlobal()?.numRuns ?? 100) / 5);

/** One law, on the compiled circuit first and, where it fails, on smaller ones. */
export function checkLaw(
  law: LawName,
  circuit: AnyCircuit,
  compiled: LoweredProgram,
  { inputs = defaultInputs, numRuns, spec, within }: LawOptions,
): void {
  const given = { ...(spec ? { spec } : {}), ...(within === undefined ? {} : { within }) };
  const runs = numRuns ?? (law === specified ? specifiedRuns() : undefined);
  const common = { circuit, law, given, ...(runs === undefined ? {} : { numRuns: runs }) };
  // A specification speaks of all inputs, also of inputs that the author's arbitrary leaves out.
  const anything = law === specified && inputs !== defaultInputs ? [defaultInputs] : [];
  for (const tried of [inputs, ...anything]) {
    const attempt = { ...common, inputs: tried };
    const failure = tryLaw(attempt, compiled);
    if (failure) throw new Error(renderFailure(attempt, smallestFailure(attempt, failure)));
  }
}

/** Every advice value is forced by the inputs, or declared a relation: throws a LetheError that names the others. */
export function checkDetermined(circuit: LoweredProgram): void {
  const { free } = analyzeDeterminism(circuit);
  if (free.length > 0) throw new LetheError(free);
}

/** Throws a LetheError that names what the circuit assumes and nobody accepted. */
export function checkAssumptions(circuit: LoweredProgram, { assume = [] }: LawOptions): void {
  const accepted = new Map(assume.map((name) => [name, 'accepted by the test']));
  const assumptions = analyzeAssumptions(circuit, accepted);
  const open = [...openAssumptions(assumptions, circuit.program), ...assumptions.findings];
  if (open.length > 0) throw new LetheError(open);
}

/** Throws a LetheError that names parameters which change nothing. */
export function checkParameters(circuit: AnyCircuit, { program }: LoweredProgram): void {
  const unused = findUnusedParameters(circuit, program);
  if (unused.length > 0) throw new LetheError(unused);
}

/** Laws on inputs of which nearly all are refused would say nothing: throws an Error. */
export function checkHonest(
  { program, system, ...rest }: LoweredProgram,
  { inputs = defaultInputs }: LawOptions,
): void {
  const samples = fc.sample(inputs(program), 40);
  const accepted = samples.filter((bound) => {
    checkInputs(program, bound);
    const { fixed } = bound;
    const witness = honestWitness({ program, system, ...rest }, fixed);
    return witness && !checkWitness(system, witness);
  });
  if (accepted.length * 10 < samples.length)
    throw new Error(
      `circuit ${program.name}: only ${accepted.length} of ${samples.length} random inputs have an honest witness, so the laws are hardly tried; give an arbitrary of inputs that its assertions accept (option inputs; withIntegers helps to write it)`,
    );
}
