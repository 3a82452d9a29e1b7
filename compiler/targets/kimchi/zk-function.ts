// A recorded circuit as an o1js ZkFunction: kimchi alone, no recursion.
//   public input: the values of the public tensors, in the order of declaration, as field elements
//   private input: the whole witness; it has no fields of its own, every value is constrained by the gates
import { Experimental, Field, Provable, Unconstrained, type ProvablePure } from 'o1js';
import { publicVariables, type ConstraintSystem } from '../../constraints/system.ts';
import { emit } from './emit.ts';

/** The values of all variables. */
export type Witness = Unconstrained<readonly bigint[]>;

export interface CircuitFunction {
  /** Seconds to a minute; before the first proof. */
  compile(): Promise<{
    verificationKey: InstanceType<typeof Experimental.KimchiVerificationKey>;
  }>;
  prove(
    publicInput: Field[],
    witness: Witness,
  ): Promise<InstanceType<typeof Experimental.KimchiProof>>;
}

// o1js's types ask for values that are fields and nothing else; one that has no fields goes through as it is.
const unconstrained = Unconstrained.withEmpty<readonly bigint[]>(
  [],
) as unknown as ProvablePure<Witness>;

export function zkFunction(name: string, system: ConstraintSystem): CircuitFunction {
  const publicInputType = Provable.Array(Field, publicVariables(system).length);
  return Experimental.ZkFunction({
    name,
    publicInputType,
    privateInputTypes: [unconstrained],
    main: (publicInput: Field[], witness: Witness) =>
      emit(system, publicInput, () => witness.get()),
  });
}
