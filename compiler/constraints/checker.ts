// The mock prover: evaluates every gate on a witness, range checks and permutations included, and names the
// first one that fails. o1js's own runAndCheck skips everything but the generic gates.
import { canonical } from '../numbers/field.ts';
import { permute } from '../numbers/poseidon.ts';
import { limbOffsets, visit, type Gates } from './gates.ts';
import { gatesByVariable, type ConstraintSystem, type Origin } from './system.ts';

/** Why a gate refuses a witness. `part` is the limb that is to blame, where there are several. */
interface Refusal {
  readonly message: string;
  readonly part?: number;
}

export interface GateFailure {
  /** The number of the gate in the system. */
  readonly gate: number;
  readonly origin: Origin;
  readonly message: string;
}

/** The first gate that the values do not satisfy; undefined when all hold. Values must be canonical. */
export function checkWitness(
  system: ConstraintSystem,
  values: readonly bigint[],
): GateFailure | undefined {
  return checkGates(system, values, system.gates.keys());
}

/**
 * The same for values that differ from a satisfying witness: only gates on changed variables are evaluated. Far
 * quicker where few are.
 */
export function checkChanges(
  system: ConstraintSystem,
  satisfying: readonly bigint[],
  values: readonly bigint[],
): GateFailure | undefined {
  const changed = [...values.keys()].filter(
    (variable) => values[variable] !== satisfying[variable],
  );
  return checkGates(system, values, gatesOn(system, changed));
}

/** The gates that hold one of the variables, in order. */
export function gatesOn(system: ConstraintSystem, variables: Iterable<number>): number[] {
  const index = gatesByVariable(system);
  const touched = new Set<number>();
  for (const variable of variables) index[variable]!.forEach((gate) => touched.add(gate));
  return [...touched].sort((a, b) => a - b);
}

/** The first of some gates that the values do not satisfy. */
export function checkGates(
  system: ConstraintSystem,
  values: readonly bigint[],
  numbers: Iterable<number>,
): GateFailure | undefined {
  const gates = evaluator(values);
  for (const number of numbers) {
    const { gate, origins } = system.gates[number]!;
    const refusal = visit(gates, gate);
    if (refusal)
      return { gate: number, origin: origins[refusal.part ?? 0]!, message: refusal.message };
  }
  return undefined;
}

function evaluator(values: readonly bigint[]): Gates<Refusal | undefined> {
  const value = (variable: number): bigint => values[variable]!;
  const unless = (holds: boolean, message: () => string): Refusal | undefined =>
    holds ? undefined : { message: message() };
  return {
    product({ scale, left, right, out }) {
      const expected = canonical(scale * value(left) * value(right));
      return unless(expected === value(out), () => `product is ${expected}, not ${value(out)}`);
    },
    linear({ terms, constant, out }) {
      let expected = constant;
      for (const term of terms) expected += term.coefficient * value(term.variable);
      expected = canonical(expected);
      return unless(expected === value(out), () => `sum is ${expected}, not ${value(out)}`);
    },
    boolean({ variable }) {
      return unless(value(variable) <= 1n, () => `${value(variable)} is not 0 or 1`);
    },
    equal({ left, right }) {
      return unless(value(left) === value(right), () => `${value(left)} is not ${value(right)}`);
    },
    constant({ variable, value: expected }) {
      return unless(value(variable) === expected, () => `${value(variable)} is not ${expected}`);
    },
    range12: ({ limbs }) => limbRefusal(limbs.map(value)),
    range64({ value: whole, limbs }) {
      const wide = limbRefusal(limbs.map(value));
      if (wide) return { message: wide.message };
      const upper = limbOffsets.reduce((sum, at, i) => sum + (value(limbs[i]!) << BigInt(at)), 0n);
      const low = value(whole) - upper;
      return unless(low >= 0n && low < 1n << 16n, () =>
        value(whole) >> 64n === 0n
          ? `${value(whole)} does not have the limbs ${limbs.map(value).join(', ')}`
          : `${value(whole)} is not in [0, 2^64)`,
      );
    },
    poseidon({ input, output }) {
      const expected = permute([value(input[0]), value(input[1]), value(input[2])]);
      return unless(
        expected.every((x, i) => x === value(output[i]!)),
        () => 'output is not the Poseidon permutation of the input',
      );
    },
  };
}

function limbRefusal(limbs: readonly bigint[]): Refusal | undefined {
  const part = limbs.findIndex((limb) => limb >= 4096n);
  return part === -1 ? undefined : { message: `${limbs[part]} is not in [0, 2^12)`, part };
}
