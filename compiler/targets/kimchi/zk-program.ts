// What an o1js ZkProgram (Pickles, for proofs that other programs verify) needs of a recorded circuit:
//   ZkProgram({ name, publicInput: publicInputType(system), methods: { prove: proveMethod(system) } })
// Public and private input are those of zk-function.ts.
import { Field, Provable, Unconstrained } from 'o1js';
import { publicVariables, type ConstraintSystem } from '../../constraints/system.ts';
import { emit } from './emit.ts';
import type { Witness } from './zk-function.ts';

const witnessType: Provable<Witness, readonly bigint[]> = Unconstrained.withEmpty<
  readonly bigint[]
>([]);

export const publicInputType = (system: ConstraintSystem): Provable<Field[], bigint[]> =>
  Provable.Array(Field, publicVariables(system).length);

/** The method that holds the whole circuit. */
export const proveMethod = (system: ConstraintSystem) => ({
  privateInputs: [witnessType] as [typeof witnessType],
  async method(publicInput: Field[], witness: Witness): Promise<void> {
    emit(system, publicInput, () => witness.get());
  },
});
