// Hands a recorded circuit to o1js, gate by gate, through its public interface. Each gate costs what rows.ts says;
// a test holds the two together.
import { Field, Gadgets, Poseidon, Provable } from 'o1js';
import type { Variable } from '../../constraints/expression.ts';
import { limbOffsets, visit, type Gates } from '../../constraints/gates.ts';
import { publicVariables, type ConstraintSystem } from '../../constraints/system.ts';

/** Reads the values of all variables. While a circuit is compiled no value is ever asked for. */
export type ReadWitness = () => readonly bigint[];

/**
 * Emits all constraints inside an o1js circuit. `publicInput` are the fields of the public variables; every other
 * variable is a witness with its value from `read`.
 */
export function emit(
  system: ConstraintSystem,
  publicInput: readonly Field[],
  read: ReadWitness,
): void {
  const fields = new Array<Field | undefined>(system.variables);
  publicVariables(system).forEach((variable, i) => (fields[variable] = publicInput[i]!));
  const gates = emitter(fields, read);
  for (const { gate } of system.gates) visit(gates, gate);
}

function emitter(fields: (Field | undefined)[], read: ReadWitness): Gates<void> {
  const witness = (compute: (values: readonly bigint[]) => bigint): Field =>
    Provable.witness(Field, () => Field(compute(read())));
  const get = (variable: Variable): Field =>
    (fields[variable] ??= witness((all) => all[variable]!));
  // What o1js computes is wired to our value, never taken for it: the witness that is proved is the one that was checked.
  const set = (variable: Variable, computed: Field): void => computed.assertEquals(get(variable));
  return {
    product({ scale, left, right, out }) {
      set(out, get(left).mul(Field(scale)).mul(get(right)));
    },
    linear({ terms, constant, out }) {
      const sum = terms
        .map(({ coefficient, variable }) => get(variable).mul(Field(coefficient)))
        .reduce((a, b) => a.add(b))
        .add(Field(constant));
      sum.assertEquals(get(out));
    },
    boolean({ variable }) {
      get(variable).assertBool();
    },
    equal({ left, right }) {
      get(left).assertEquals(get(right));
    },
    constant({ variable, value }) {
      get(variable).assertEquals(Field(value));
    },
    range12({ limbs }) {
      const whole = witness((all) =>
        limbs.reduce((sum, limb, i) => sum + (all[limb]! << BigInt(limbOffsets[i]!)), 0n),
      );
      wireLimbs(whole, limbs);
    },
    range64({ value, limbs }) {
      wireLimbs(get(value), limbs);
    },
    poseidon({ input, output }) {
      const state = input.map(get) as [Field, Field, Field];
      // Absorbing nothing leaves the bare permutation.
      Poseidon.update(state, [Field(0), Field(0)]).forEach((field, i) => set(output[i]!, field));
    },
  };

  /** The row shows the limbs from the highest down: bits 52, 40, 28, 16. */
  function wireLimbs(whole: Field, limbs: readonly Variable[]): void {
    const shown = [...Gadgets.rangeCheck64(whole)].reverse();
    shown.forEach((limb, i) => set(limbs[i]!, limb));
  }
}
