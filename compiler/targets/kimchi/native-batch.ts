// The function of o1js's native backend that verifies several proofs at once. o1js's public interface verifies one at a
// time, with the same function beneath: what is called here is what it calls for one.
import { Field, type Experimental } from 'o1js';
import { internal } from './internal.ts';
import type { Block } from './proof-codec.ts';

export type VerifierIndex = InstanceType<typeof Experimental.KimchiVerificationKey>['value'];

export interface DecodedClaim {
  readonly publicInput: readonly bigint[];
  readonly value: Block;
}

export type NativeBatch = (
  index: VerifierIndex,
  claims: readonly DecodedClaim[],
) => Promise<boolean>;

/** After o1js has chosen its native backend. Throws where it has not what is needed. */
export async function nativeBatch(): Promise<NativeBatch> {
  const { wasm, withThreadPool, Snarky } = (await internal('bindings.js')) as Bindings;
  const { getRustConversion } = (await internal('bindings/crypto/bindings.js')) as Conversions;
  const { MlFieldConstArray } = (await internal('lib/ml/fields.js')) as Lists;
  const { fp } = getRustConversion(wasm);
  const { circuit } = Snarky;
  expectFunctions(
    wasm.caml_pasta_fp_plonk_proof_batch_verify,
    withThreadPool,
    fp.verifierIndexToRust,
    fp.proofToRust,
    circuit.proofToBackendProofEvals,
    MlFieldConstArray.to,
  );
  const proofOf = ({ publicInput, value }: DecodedClaim): unknown => {
    const fields = MlFieldConstArray.to(publicInput.map((each) => Field(each)));
    return fp.proofToRust(circuit.proofToBackendProofEvals(fields, value));
  };
  // Native code may consume what it is given: the index is converted anew for each proof.
  return (index, claims) =>
    withThreadPool(async () => {
      const indices = claims.map(() => fp.verifierIndexToRust(index));
      return wasm.caml_pasta_fp_plonk_proof_batch_verify(indices, claims.map(proofOf)) === true;
    });
}

function expectFunctions(...found: readonly unknown[]): void {
  if (found.some((each) => typeof each !== 'function')) throw new TypeError('o1js is another one');
}

interface Bindings {
  readonly wasm: {
    caml_pasta_fp_plonk_proof_batch_verify(
      indices: readonly unknown[],
      proofs: readonly unknown[],
    ): unknown;
  };
  readonly withThreadPool: <T>(action: () => Promise<T>) => Promise<T>;
  readonly Snarky: {
    readonly circuit: { proofToBackendProofEvals(publicInput: unknown, proof: Block): unknown };
  };
}

interface Conversions {
  getRustConversion(rust: unknown): {
    readonly fp: {
      verifierIndexToRust(index: VerifierIndex): unknown;
      proofToRust(proof: unknown): unknown;
    };
  };
}

interface Lists {
  readonly MlFieldConstArray: { to(fields: readonly Field[]): unknown };
}
