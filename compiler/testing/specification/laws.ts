// The laws of a specification: what the circuit accepts is what it says, from honest provers and dishonest ones, and what it
// takes is accepted.
import { checkWitness } from '../../constraints/checker.ts';
import type { InputValues } from '../../constraints/witness.ts';
import type { BoundInputs } from '../../inputs/bind.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { evaluateFixed } from '../../meanings/fixed.ts';
import { describePlace } from '../near-reals.ts';
import { Attacker } from '../tamper/attacker.ts';
import { pushChoices } from '../tamper/push-choices.ts';
import { tamperWith } from '../tamper/tamper.ts';
import { honestWitness } from '../witness.ts';
import { attackInputs } from './input-attacks.ts';
import { Judge } from './judge.ts';
import { showInputs, showTensors } from './show.ts';
import type { Given } from './specification.ts';
import { inputsFrom } from './statement.ts';

/** Dishonest witnesses for each input: with other inputs, with any other value, and for each of some pushed values. */
const budget = { inputs: 90, tampered: 90, values: 8, pushed: 30 };

/**
 * Every accepted witness agrees with the specification: an honest one, those of inputs beside it, tampered ones, and those
 * whose advice is pushed as far as the constraints allow. Says nothing of inputs that are refused.
 */
export function acceptedAgrees(circuit: LoweredProgram, inputs: BoundInputs, given: Given): void {
  const judge = new Judge(circuit, given);
  const honest = honestWitness(circuit, inputs.fixed);
  if (!honest || checkWitness(circuit.system, honest)) return;
  const wrong = judge.judge(honest);
  if (wrong) throw new Error(`an honest prover: ${wrong}`);
  const seed = seedOf(inputs.fixed);
  const found =
    otherInputs(circuit, honest, judge, seed) ??
    tampered(circuit, honest, judge, seed) ??
    pushed(circuit, inputs, judge, seed);
  if (found) throw new Error(`a dishonest prover: ${found}`);
}

/** What the specification takes has an honest witness that is accepted. */
export function specifiedIsAccepted(
  circuit: LoweredProgram,
  { fixed }: BoundInputs,
  given: Given,
): void {
  const { program, system } = circuit;
  const judge = new Judge(circuit, given);
  const honest = honestWitness(circuit, fixed);
  const refusal = honest && checkWitness(system, honest);
  if (honest && !refusal) return;
  const inputs = inputsFrom(program, fixed);
  const answers = judge.answer(inputs);
  if (answers === undefined) return;
  const [finding] = evaluateFixed(program, fixed).findings;
  const why = finding?.message ?? refusal?.message ?? 'no honest witness is found';
  const specified = showTensors(answers.map(({ port, values }) => [port.name, values]));
  throw new Error(
    `an honest prover is refused, and the specification takes these inputs: ${why}\n  inputs: ${showInputs(inputs)}${specified && `\n  specified: ${specified}`}`,
  );
}

function otherInputs(
  circuit: LoweredProgram,
  honest: readonly bigint[],
  judge: Judge,
  seed: number,
): string | undefined {
  const attacker = new Attacker(
    circuit.system,
    honest,
    (witness) => judge.judge(witness),
    (witness) => judge.agreesBeforeHashes(witness),
  );
  const found = attackInputs(circuit, attacker, { limit: budget.inputs, seed });
  if (!found) return undefined;
  return `with ${found.changed.map((name) => `"${name}"`).join(', ')} changed, ${found.message}`;
}

function tampered(
  circuit: LoweredProgram,
  honest: readonly bigint[],
  judge: Judge,
  seed: number,
): string | undefined {
  const { accepted } = tamperWith(circuit, honest, {
    seed,
    limit: budget.tampered,
    first: true,
    judge: (witness) => judge.judge(witness),
    settled: (witness) => judge.agreesBeforeHashes(witness),
  });
  const [found] = accepted;
  if (!found) return undefined;
  const { line, element } = found.origin;
  return `with ${describePlace(circuit, line, element)} tampered with, ${found.message}`;
}

function pushed(
  circuit: LoweredProgram,
  inputs: BoundInputs,
  judge: Judge,
  seed: number,
): string | undefined {
  let values = 0;
  const { found } = pushChoices(circuit, inputs, {
    seed,
    witnesses: budget.pushed,
    first: true,
    progress: () => void values++,
    until: () => values > budget.values,
    judge: (witness) => judge.judge(witness),
  });
  const [first] = found;
  if (!first) return undefined;
  const { line, element } = first.from;
  return `with ${describePlace(circuit, line, element)} pushed, ${first.message}`;
}

/** Each input is attacked in another order, and always in the same. */
function seedOf(inputs: InputValues): number {
  let seed = 1;
  for (const values of inputs.values())
    for (const x of values) seed = (Math.imul(seed, 31) + Number(BigInt.asIntN(31, x))) >>> 0;
  return seed;
}
