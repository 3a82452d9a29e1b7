// Compiles, proves and verifies with kimchi alone (o1js's ZkFunction, no recursion).
import { Experimental, Field, Provable, Unconstrained } from 'o1js';
import { fail } from '../../diagnostics/diagnostic.ts';
import { countRows, domainOf, hasLookups, maxRows, totalRows } from '../../constraints/rows.ts';
import { publicVariables, type ConstraintSystem } from '../../constraints/system.ts';
import { prepareBackend } from './backend.ts';
import { emit } from './emit.ts';
import { prepareBasis } from './lagrange.ts';
import { decodeProof, encodeProof, type Block, type ProofShape } from './proof-codec.ts';
import { zkFunction, type CircuitFunction } from './zk-function.ts';

/** A verification key as o1js writes it, base64. */
export type VerificationKey = string;

export interface Prover {
  readonly verificationKey: VerificationKey;
  /** Proves the witness, which must satisfy the circuit. Returns the proof's bytes. */
  prove(values: readonly bigint[]): Promise<Uint8Array>;
}

/**
 * Compiles the circuit; seconds to a minute, most of it once for each size of domain. Throws `too-many-rows` or
 * `too-few-rows`. `program` is the
 * circuit's own function, where it exists already.
 */
export async function compile(
  name: string,
  system: ConstraintSystem,
  program: CircuitFunction = zkFunction(name, system),
): Promise<Prover> {
  const counts = countRows(system);
  const rows = totalRows(counts);
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
  await prepareBasis(domainOf(counts), await prepareBackend());
  const publics = publicVariables(system);
  const { verificationKey } = await program.compile();
  return {
    verificationKey: verificationKey.toString(),
    async prove(witness) {
      const publicInput = publics.map((variable) => Field(witness[variable]!));
      const proof = await program.prove(publicInput, Unconstrained.from(witness));
      return encodeProof(proof.value as Block, shapeOf(system));
    },
  };
}

/** What the circuit fixes of its proofs' structure. */
export const shapeOf = (system: ConstraintSystem): ProofShape => ({
  lookups: hasLookups(countRows(system)),
});

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
  const backend = await prepareBackend();
  if (backend === 'wasm') await wakeWasm();
  await prepareBasis(domainOf(countRows(system)), backend);
  if (publicInput.length !== publicVariables(system).length) return false;
  const fields = publicInput.map((each) => Field(each));
  return new Experimental.KimchiProof(value, fields).verify(parseKey(key));
}

/** Throws `bad-key`. */
export function parseKey(
  key: VerificationKey,
): InstanceType<typeof Experimental.KimchiVerificationKey> {
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

/** A gate as o1js describes it. */
export type KimchiGate = Awaited<ReturnType<typeof Provable.constraintSystem>>['gates'][number];

/** The gates that o1js makes of a circuit without its public input. */
export async function gatesOf(system: ConstraintSystem): Promise<readonly KimchiGate[]> {
  await prepareBackend();
  const publics = publicVariables(system);
  const { gates } = await Provable.constraintSystem(() => {
    const inputs = publics.map(() => Provable.witness(Field, () => Field(0)));
    emit(system, inputs, () => []);
  });
  return gates;
}

/** How many of each kind there are: what the recorder's count must equal. */
export async function countGates(system: ConstraintSystem): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of await gatesOf(system)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
