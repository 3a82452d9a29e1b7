// What must be true of every program on every input. Each law throws an Error that says what was seen.
import { propagateErrors, type ErrorBounds } from '../analyses/error.ts';
import { checkChanges, checkWitness } from '../constraints/checker.ts';
import { evaluate, type Variable } from '../constraints/expression.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { publicVariables } from '../constraints/system.ts';
import { solveWitness, type InputValues } from '../constraints/witness.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { fractionOf, isOpaque } from '../ir/format.ts';
import { callOf } from '../ir/calls.ts';
import type { Program } from '../ir/program.ts';
import { printLine } from '../ir/print.ts';
import { evaluateFixed } from '../meanings/fixed.ts';
import { evaluateReal } from '../meanings/real.ts';
import { canonical, centered, modulus } from '../numbers/field.ts';
import { magnitude, type Intervals } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { findOp } from '../ops/index.ts';
import { Violation } from '../ops/op.ts';

/** An honest witness; undefined where the fixed meaning says that there is none. */
export function honestWitness(circuit: LoweredProgram, inputs: InputValues): bigint[] | undefined {
  try {
    return solveWitness(circuit.system, inputs);
  } catch (error) {
    if (error instanceof Violation) return undefined;
    throw error;
  }
}

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
  program.lines.forEach(({ type }, line) => {
    if (isOpaque(type.format)) return;
    const fraction = fractionOf(type.format);
    fixed.values[line]?.forEach((integer, element) => {
      const { low, high } = ranges[line]![element]!;
      if (integer < low || integer > high)
        throw new Error(`${at(circuit, line, element)}: ${integer} lies outside its interval`);
      const bound = bounds[line]![element]!;
      const distance = Math.abs(toReal(integer, fraction) - reals[line]![element]!);
      if (bound !== Infinity && !(distance <= bound))
        throw new Error(
          `${at(circuit, line, element)}: ${distance} from the reals, bound ${bound}`,
        );
    });
  });
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
    if (op.input || isOpaque(line.type.format) || line.type.format.kind === 'bit') return own;
    const operands = line.arguments.map((argument) => sizes[argument]!);
    const product = operands.length === 2 ? operands[0]! * operands[1]! : 0;
    const size = operands.reduce((sum, each) => sum + each, product + sizes[number]!);
    return own.map((error) => error + 2 ** -40 * size);
  });
}

/** What an attacker may write in place of an advice value x. */
export const tamperings: readonly ((x: bigint) => bigint)[] = [
  (x) => x + 1n,
  (x) => x - 1n,
  (x) => -x,
  () => 0n,
  (x) => x + 4096n,
  (x) => x - 4096n,
  (x) => x + (1n << 64n),
  (x) => x + modulus / 2n,
  () => modulus - 1n,
];

/** The ones that are tried again with all later values worked out anew. */
const resolvedTamperings = new Set(tamperings.slice(0, 2));

/**
 * No variable can be changed: whatever an attacker writes there, alone or with all later values worked out anew, is
 * refused, or changes no public value. Lines that are declared relations may choose, within their own checks.
 */
export function tamperingIsRefused(circuit: LoweredProgram, inputs: InputValues): void {
  const { program, system } = circuit;
  const honest = honestWitness(circuit, inputs);
  if (!honest || checkWitness(system, honest)) return;
  const publics = publicVariables(system);
  for (const { outputs, advice, origin } of system.steps) {
    const chosen = advice && findOp(program.lines[origin.line]!.op).chosen;
    if (chosen) continue;
    // A value that follows from a gate is as good as any other wrong value; advice is worth more attempts.
    const family = advice ? tamperings : tamperings.slice(0, 1);
    for (const variable of outputs)
      for (const tamper of family) {
        const value = canonical(tamper(honest[variable]!));
        if (value === honest[variable]) continue;
        const alone = [...honest];
        alone[variable] = value;
        if (checkChanges(system, honest, alone) === undefined)
          throw new Error(`${at(circuit, origin.line, origin.element)}: a free value`);
        if (!resolvedTamperings.has(tamper)) continue;
        const resolved = resolveWith(circuit, inputs, variable, value);
        if (!resolved || publics.every((v) => resolved[v] === honest[v])) continue;
        if (checkChanges(system, honest, resolved) === undefined)
          throw new Error(
            `${at(circuit, origin.line, origin.element)}: a tampered value is accepted`,
          );
      }
  }
}

function resolveWith(
  circuit: LoweredProgram,
  inputs: InputValues,
  variable: Variable,
  value: bigint,
): bigint[] | undefined {
  try {
    return solveWitness(circuit.system, inputs, new Map([[variable, value]]));
  } catch (error) {
    if (error instanceof Violation) return undefined;
    throw error;
  }
}

function at({ program }: LoweredProgram, line: number, element: number): string {
  return `\`${printLine(program, line)}\`, element ${element}`;
}
