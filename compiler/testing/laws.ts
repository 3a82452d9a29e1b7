// What must be true of every program on every input. Each law throws an Error that says what was seen.
import { checkWitness } from '../constraints/checker.ts';
import { evaluate } from '../constraints/expression.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import type { InputValues } from '../constraints/witness.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { isOpaque } from '../ir/format.ts';
import { evaluateFixed } from '../meanings/fixed.ts';
import { evaluateReal } from '../meanings/real.ts';
import { canonical, centered } from '../numbers/field.ts';
import { boundsOfFloat64, describePlace, farFromReal } from './near-reals.ts';
import { falsePremises } from './premises.ts';
import { pushChoices, type PushOptions } from './tamper/push-choices.ts';
import { tamper, type TamperOptions } from './tamper/tamper.ts';
import { honestWitness } from './witness.ts';

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
        throw new Error(
          `${describePlace(circuit, line, element)}: circuit ${ours}, fixed ${expected}`,
        );
    });
  });
}

/** Every integer lies in its derived interval, and every error within its derived bound. */
export function fixedNearReal(circuit: LoweredProgram, inputs: BoundInputs): void {
  const { program } = circuit;
  const fixed = evaluateFixed(program, inputs.fixed);
  const reals = evaluateReal(program, inputs.real);
  const far = farFromReal(circuit, fixed.values, reals, boundsOfFloat64(circuit));
  if (far) throw new Error(far.message);
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
    `${describePlace(circuit, origin.line, origin.element)}: a tampered value is accepted (${centered(value)}): ${message}`,
  );
}

/**
 * Choices that the circuit accepts lie as near to the reals as is declared or derived, however far they are pushed, and so
 * does what is computed from them; and what the declared relations rest on is true of the inputs.
 */
export function choicesAreNear(
  circuit: LoweredProgram,
  inputs: BoundInputs,
  options: PushOptions = {},
): void {
  const [premise] = falsePremises(circuit, inputs.fixed);
  if (premise) throw new Error(premise.message);
  const [found] = pushChoices(circuit, inputs, { ...options, first: true }).found;
  if (found) throw new Error(found.message);
}
