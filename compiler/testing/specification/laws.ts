// The laws of a specification: every witness that the circuit accepts, honest or not, agrees with it, and the circuit accepts the
// inputs that it takes.
import { checkWitness } from '../../constraints/checker.ts';
import type { InputValues } from '../../constraints/witness.ts';
import type { BoundInputs } from '../../inputs/bind.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { evaluateFixed } from '../../meanings/fixed.ts';
import { describePlace } from '../near-reals.ts';
import { Attacker } from '../tamper/attacker.ts';
import { pushChoices } from '../tamper/push-choices.ts';
import { shuffled } from '../tamper/sample.ts';
import { choicesIn, tamperWith } from '../tamper/tamper.ts';
import { honestWitness } from '../witness.ts';
import { attackInputs } from './input-attacks.ts';
import { Judge } from './judge.ts';
import { showInputs, showTensors } from './show.ts';
import type { Given } from './specification.ts';
import { inputsFrom, inputsIn } from './statement.ts';

/** Dishonest witnesses for each input: with other inputs, with any other value, and for each of some pushed values. */
const budget = { inputs: 90, tampered: 120, values: 16, pushed: 30 };

/**
 * Every accepted witness agrees with the specification: an honest one, those of inputs beside it, tampered ones, and those
 * whose advice is pushed as far as the constraints allow. Says nothing of inputs that are refused.
 */
export function acceptedAgrees(circuit: LoweredProgram, inputs: BoundInputs, given: Given): void {
  const judge = new Judge(circuit, given);
  const honest = honestWitness(circuit, inputs.fixed);
  if (!honest || checkWitness(circuit.system, honest)) return;
  const wrong = judge.judge(honest);
  if (wrong) throw new Error(`an honest witness: ${wrong}`);
  let refuted: readonly bigint[] = honest;
  const attack: Attack = {
    circuit,
    inputs,
    honest,
    seed: seedOf(inputs.fixed),
    judge(witness) {
      const message = judge.judge(witness);
      if (message) refuted = [...witness];
      return message;
    },
    settled: (witness) => judge.agreesBeforeHashes(witness),
  };
  const found = otherInputs(attack) ?? tampered(attack) ?? pushed(attack);
  if (!found) return;
  // A witness that an honest prover of the changed inputs has is no forgery: inputs are refused too seldom, or specified otherwise.
  const own = honestWitness(circuit, new Map(Object.entries(inputsIn(circuit, refuted).integers)));
  const honestly = own && !checkWitness(circuit.system, own) && judge.judge(own);
  throw new Error(
    honestly
      ? `an honest witness of other inputs: ${honestly}`
      : `a dishonest witness (${found.how}): ${found.message}`,
  );
}

interface Attack {
  readonly circuit: LoweredProgram;
  readonly inputs: BoundInputs;
  readonly honest: readonly bigint[];
  readonly seed: number;
  readonly judge: (witness: readonly bigint[]) => string | undefined;
  readonly settled: (witness: readonly bigint[]) => boolean;
}

interface Found {
  readonly how: string;
  readonly message: string;
}

/** Inputs that the specification takes have an honest witness that is accepted. */
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

function otherInputs({ circuit, honest, seed, judge, settled }: Attack): Found | undefined {
  const attacker = new Attacker(circuit.system, honest, judge, settled);
  const message = attackInputs(circuit, attacker, { limit: budget.inputs, seed });
  return message === undefined ? undefined : { how: 'other inputs', message };
}

function tampered({ circuit, honest, seed, judge, settled }: Attack): Found | undefined {
  // Choices come first: other values of a forced variable are seldom accepted.
  const only = [
    ...shuffled(choicesIn(circuit), seed).slice(0, budget.values),
    ...shuffled([...honest.keys()], seed),
  ];
  const options = { only, limit: budget.tampered, first: true, judge, settled };
  const [found] = tamperWith(circuit, honest, options).accepted;
  if (!found) return undefined;
  const { line, element } = found.origin;
  return { how: `${describePlace(circuit, line, element)}, tampered with`, message: found.message };
}

function pushed({ circuit, inputs, seed, judge }: Attack): Found | undefined {
  let values = 0;
  const { found } = pushChoices(circuit, inputs, {
    seed,
    witnesses: budget.pushed,
    first: true,
    progress: () => void values++,
    until: () => values > budget.values,
    judge,
  });
  const [first] = found;
  if (!first) return undefined;
  const { line, element } = first.from;
  return { how: `${describePlace(circuit, line, element)}, pushed`, message: first.message };
}

/** Each input is attacked in another order, and always in the same. */
function seedOf(inputs: InputValues): number {
  let seed = 1;
  for (const values of inputs.values())
    for (const x of values) seed = (Math.imul(seed, 31) + Number(BigInt.asIntN(31, x))) >>> 0;
  return seed;
}
