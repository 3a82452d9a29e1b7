// What must be true of every program on every input. Each law throws an Error that says what was seen.
import { propagateErrors, type ErrorBounds } from '../meanings/error.ts';
import { checkWitness } from '../constraints/checker.ts';
import { evaluate } from '../constraints/expression.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import type { InputValues } from '../constraints/witness.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { fractionOf, isOpaque } from '../ir/format.ts';
import { callOf } from '../program/calls.ts';
import type { Program } from '../ir/program.ts';
import { printLine } from '../program/print.ts';
import { evaluateFixed } from '../meanings/fixed.ts';
import { evaluateReal } from '../meanings/real.ts';
import { canonical, centered } from '../numbers/field.ts';
import { magnitude, type Intervals } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { honestWitness } from './witness.ts';
import { contradiction, valuesOf } from './tamper/meaning.ts';
import { choicesIn, tamper, type TamperOptions } from './tamper/tamper.ts';

/**
 * Circuit = fixed point, exactly: the checker accepts just where the fixed meaning exists, and then every line has
 * the same integers in both.
 */
export function circuitEqualsFixed(circuit: LoweredProgram, inputs: InputValues): void {
  const { program, system, values } = circuit;
  const run = evaluateFixed(program, inputs);
  const witness = honestWitness(circuit, inputs);
  const accepted = witness !== undefined && checkWitness(system, witness) === undefined;
  if (accepted !== (run.findings.length === 0))
    throw new Error(
      accepted
        ? `the circuit accepts what the fixed meaning refuses: ${run.findings[0]!.message}`
        : `the circuit refuses an honest witness: ${witness && checkWitness(system, witness)?.message}`,
    );
  if (!accepted) return;
  program.lines.forEach(({ type }, line) => {
    const read = isOpaque(type.format) ? canonical : centered;
    values[line]!.forEach((expression, element) => {
      const [ours, expected] = [read(evaluate(expression, witness)), run.values[line]![element]];
      if (ours !== expected)
        throw new Error(`${at(circuit, line, element)}: circuit ${ours}, fixed ${expected}`);
    });
  });
}

/** Every integer lies in its derived interval, and every error within its derived bound. */
export function fixedNearReal(circuit: LoweredProgram, inputs: BoundInputs): void {
  const { program, ranges } = circuit;
  const fixed = evaluateFixed(program, inputs.fixed);
  const reals = evaluateReal(program, inputs.real);
  const bounds = boundsOfFloat64(program, ranges);
  const far = farFromReal(circuit, fixed.values, reals, bounds);
  if (far) throw new Error(far);
}

/** The first integer that is outside its interval, or too far from the reals. */
function farFromReal(
  circuit: LoweredProgram,
  values: readonly (readonly bigint[] | undefined)[],
  reals: readonly Float64Array[],
  bounds: ErrorBounds,
): string | undefined {
  for (const [line, { type }] of circuit.program.lines.entries()) {
    if (isOpaque(type.format)) continue;
    const fraction = fractionOf(type.format);
    for (const [element, integer] of (values[line] ?? []).entries()) {
      const { low, high } = circuit.ranges[line]![element]!;
      if (integer < low || integer > high)
        return `${at(circuit, line, element)}: ${integer} lies outside its interval`;
      const bound = bounds[line]![element]!;
      const distance = Math.abs(toReal(integer, fraction) - reals[line]![element]!);
      if (bound !== Infinity && !(distance <= bound))
        return `${at(circuit, line, element)}: ${distance} from the reals, bound ${bound}`;
    }
  }
  return undefined;
}

/**
 * Error bounds against a float64 meaning that rounds, too: relative 2^−53 an operation, of its operands, their product
 * and its result; 2^−40 leaves room for long sums and for systems of a modest condition.
 */
function boundsOfFloat64(program: Program, ranges: readonly Intervals[]): ErrorBounds {
  const sizes = program.lines.map(({ type }, line) =>
    Math.max(0, ...ranges[line]!.map((x) => toReal(magnitude(x), fractionOf(type.format)))),
  );
  return propagateErrors(program, ranges, (args, number, op) => {
    const line = program.lines[number]!;
    const own = op.error(args, callOf(program, line));
    if (op.port?.input || isOpaque(line.type.format) || line.type.format.kind === 'bit') return own;
    const operands = line.arguments.map((argument) => sizes[argument]!);
    const product = operands.length === 2 ? operands[0]! * operands[1]! : 0;
    const size = operands.reduce((sum, each) => sum + each, product + sizes[number]!);
    return own.map((error) => error + 2 ** -40 * size);
  });
}

/**
 * Tampering: whatever is written in place of the values of an honest witness, alone or with what depends on it or
 * balances it solved anew, is refused, or is a witness of the fixed-point meaning all the same: other choices that are
 * admitted, another statement that is true.
 */
export function tamperingIsRefused(
  circuit: LoweredProgram,
  inputs: InputValues,
  options: TamperOptions = {},
): void {
  const [found] = tamper(circuit, inputs, { ...options, first: true }).accepted;
  if (!found) return;
  const { origin, value, message } = found;
  throw new Error(
    `${at(circuit, origin.line, origin.element)}: a tampered value is accepted (${centered(value)}): ${message}`,
  );
}

/**
 * Choices that the circuit accepts lie as near to the reals as the error bounds say, and so does what is computed from
 * them: a small residual is a small error.
 */
export function choicesAreNear(
  circuit: LoweredProgram,
  inputs: BoundInputs,
  options: TamperOptions = {},
): void {
  const reals = evaluateReal(circuit.program, inputs.real);
  const bounds = boundsOfFloat64(circuit.program, circuit.ranges);
  tamperingIsRefused(circuit, inputs.fixed, {
    ...options,
    only: choicesIn(circuit),
    // What is declared of a matrix is known of these inputs, not of others.
    sameInputs: true,
    judge: (witness) =>
      contradiction(circuit, witness) ??
      farFromReal(circuit, valuesOf(circuit, witness), reals, bounds),
  });
}

function at({ program }: LoweredProgram, line: number, element: number): string {
  return `\`${printLine(program, line)}\`, element ${element}`;
}
