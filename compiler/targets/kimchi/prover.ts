// Compiles, proves and verifies with kimchi alone (o1js's ZkFunction, no recursion).
import { Experimental, Field, Provable } from 'o1js';
import { fail } from '../../diagnostics/diagnostic.ts';
import { countRows, maxRows, totalRows } from '../../constraints/rows.ts';
import { publicVariables, type ConstraintSystem } from '../../constraints/system.ts';
import { prepareBackend } from './backend.ts';
import { emit, type Values } from './emit.ts';
import { decodeProof, encodeProof, type Block, type ProofShape } from './proof-codec.ts';

/** A verification key as o1js writes it, base64. */
export type VerificationKey = string;

export interface Prover {
  readonly verificationKey: VerificationKey;
  /** Proves the witness, which must satisfy the circuit. Returns the proof's bytes. */
  prove(values: readonly bigint[]): Promise<Uint8Array>;
}

/**
 * Compiles the circuit; seconds to a minute, most of it once for each size of domain. Throws `too-many-rows` or
 * `too-few-rows`.
 */
export async function compile(name: string, system: ConstraintSystem): Promise<Prover> {
  const rows = totalRows(countRows(system));
  if (rows > maxRows)
    fail(
      'too-many-rows',
      `circuit ${name} has ${rows} rows; one proof holds ${maxRows}`,
      'build it for fewer elements (--set), and make several proofs',
    );
  if (rows < 2)
    fail(
      'too-few-rows',
      `circuit ${name} has ${rows} rows; kimchi proves at least two`,
      'a circuit this small constrains nothing: assert or compute something',
    );
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
  let last: Promise<unknown> = Promise.resolve();
  return {
    verificationKey: verificationKey.toString(),
    // One proof at a time: the circuit reads its witness from here.
    prove(witness) {
      const proof = last.then(() => proveNow(witness));
      last = proof.catch(() => undefined);
      return proof;
    },
  };

  async function proveNow(witness: readonly bigint[]): Promise<Uint8Array> {
    values = witness;
    try {
      const publicInput = publics.map((variable) => Field(witness[variable]!));
      const proof = await program.prove(publicInput);
      return encodeProof(proof.value as Block, shapeOf(system));
    } finally {
      values = undefined;
    }
  }
}

/** Range checks bring a lookup argument into the proof. */
function shapeOf(system: ConstraintSystem): ProofShape {
  return { lookups: countRows(system).RangeCheck0 > 0 };
}

export interface Claim {
  /** The key of `system`. */
  readonly key: VerificationKey;
  /** The verifier's own circuit. */
  readonly system: ConstraintSystem;
  readonly publicInput: readonly bigint[];
  /** Untrusted. */
  readonly proof: Uint8Array;
}

/**
 * True when the proof proves the public input under the key. Throws `bad-proof` or `bad-key` for bytes that are no
 * proof of such a circuit, or no key at all.
 */
export async function verify({ key, system, publicInput, proof }: Claim): Promise<boolean> {
  const value = decodeProof(proof, shapeOf(system));
  if ((await prepareBackend()) === 'wasm') await wakeWasm();
  if (publicInput.length !== publicVariables(system).length) return false;
  const fields = publicInput.map((each) => Field(each));
  return new Experimental.KimchiProof(value, fields).verify(parseKey(key));
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
    // Kimchi panics, and wasm then waits for ever, on fewer than two rows.
    main: () => {
      const one = Provable.witness(Field, () => Field(1));
      for (let i = 0; i < 8; i++) one.mul(one).assertEquals(one);
    },
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
