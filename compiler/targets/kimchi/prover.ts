// Compiles, proves and verifies with kimchi alone (o1js's ZkFunction, no recursion).
import { Experimental, Field, Provable } from 'o1js';
import { fail } from '../../diagnostics/diagnostic.ts';
import { publicVariables, type ConstraintSystem } from '../../constraints/system.ts';
import { prepareBackend } from './backend.ts';
import { emit, type Values } from './emit.ts';
import { decodeProof, encodeProof, type Block } from './proof-codec.ts';

/** A verification key as o1js writes it, base64. */
export type VerificationKey = string;

export interface Prover {
  readonly verificationKey: VerificationKey;
  /** Proves the witness, which must satisfy the circuit. Returns the proof's bytes. */
  prove(values: readonly bigint[]): Promise<Uint8Array>;
}

/** Compiles the circuit; seconds to a minute, most of it once for each size of domain. */
export async function compile(name: string, system: ConstraintSystem): Promise<Prover> {
  await prepareBackend();
  const publics = publicVariables(system);
  let values: Values;
  const program = Experimental.ZkFunction({
    name,
    publicInputType: Provable.Array(Field, publics.length),
    privateInputTypes: [],
    main: (publicInput: Field[]) => emit(system, publicInput, values),
  });
  const { verificationKey } = await program.compile();
  return {
    verificationKey: verificationKey.toString(),
    async prove(witness) {
      values = witness;
      try {
        const publicInput = publics.map((variable) => Field(witness[variable]!));
        const proof = await program.prove(publicInput);
        return encodeProof(proof.value as Block);
      } finally {
        values = undefined;
      }
    },
  };
}

/**
 * True when the proof's bytes prove the public input under the key. Throws `bad-proof` or `bad-key` for bytes that
 * are no proof or no key at all.
 */
export async function verify(
  key: VerificationKey,
  publicInput: readonly bigint[],
  bytes: Uint8Array,
): Promise<boolean> {
  const value = decodeProof(bytes);
  if ((await prepareBackend()) === 'wasm') await wakeWasm();
  const fields = publicInput.map((each) => Field(each));
  const parsed = parseKey(key);
  try {
    return await new Experimental.KimchiProof(value, fields).verify(parsed);
  } catch {
    // A proof whose shape does not fit the key (no lookups, another domain) makes kimchi throw.
    return false;
  }
}

function parseKey(key: VerificationKey): InstanceType<typeof Experimental.KimchiVerificationKey> {
  try {
    return Experimental.KimchiVerificationKey.fromString(key);
  } catch (error) {
    return fail(
      'bad-key',
      `not a verification key: ${error instanceof Error ? error.message : error}`,
      'write it again with `lethe key`',
    );
  }
}

let awake: Promise<unknown> | undefined;

/** On wasm a key can be read only after some circuit was compiled in the process. */
function wakeWasm(): Promise<unknown> {
  const tiny = Experimental.ZkFunction({
    name: 'tiny',
    privateInputTypes: [],
    main: () => void Provable.witness(Field, () => Field(1)).square(),
  });
  return (awake ??= tiny.compile());
}

/** The gates that o1js makes of a circuit without its public input: what the recorder's count must equal. */
export async function countGates(system: ConstraintSystem): Promise<Record<string, number>> {
  await prepareBackend();
  const publics = publicVariables(system);
  const { gates } = await Provable.constraintSystem(() => {
    const inputs = publics.map(() => Provable.witness(Field, () => Field(0)));
    emit(system, inputs, undefined);
  });
  const counts: Record<string, number> = {};
  for (const { type } of gates) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
