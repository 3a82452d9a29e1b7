// The verifying worker: builds the circuit itself, then verifies batch after batch of claims. Proof bytes are untrusted:
// what they do to native code, they do to this process.
import { isLetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { decodeProof } from '../targets/kimchi/proof-codec.ts';
import { publicInputOf } from './public-input.ts';
import { rebuild, type CircuitMessage } from './workers/circuit.ts';
import { unpackTensors, type PackedTensors } from './workers/integers.ts';
import { serve } from './workers/serve.ts';

export interface VerifierStart {
  readonly circuit: CircuitMessage;
  /** The verification key; made from the circuit where there is none. */
  readonly key?: string | undefined;
}

export interface VerifierReady {
  readonly key: string;
}

export interface VerifyRequest {
  readonly claims: readonly PackedClaim[];
}

export interface PackedClaim {
  readonly statement: PackedTensors;
  readonly proof: Uint8Array;
}

export interface VerifyResult {
  /** For each claim, why it is refused; empty when it is accepted. */
  readonly findings: readonly (readonly Diagnostic[])[];
}

serve<VerifierStart, VerifierReady, VerifyRequest, VerifyResult>(async (message) => {
  const circuit = await rebuild(message.circuit);
  const { compile } = await import('../targets/kimchi/prover.ts');
  const key = message.key ?? (await compile(circuit.program.name, circuit.system)).verificationKey;
  return { ready: { key }, handle: (request) => judge(circuit, key, request) };
});

/**
 * What can be read is verified together, and one by one where some of it is refused. Throws `bad-key`, which is no fault of
 * the claims.
 */
async function judge(
  circuit: LoweredProgram,
  key: string,
  request: VerifyRequest,
): Promise<VerifyResult> {
  const { verifyBatch } = await import('../targets/kimchi/batch.ts');
  const read = await Promise.all(request.claims.map((claim) => readClaim(circuit, claim)));
  const claims = read.flatMap((each) => ('findings' in each ? [] : [each]));
  const holds = (some: readonly ReadClaim[]): Promise<boolean> =>
    verifyBatch({ key, system: circuit.system, claims: some });
  const all = await holds(claims);
  const findings: (readonly Diagnostic[])[] = [];
  for (const each of read) {
    if ('findings' in each) findings.push(each.findings);
    else findings.push(all || (claims.length > 1 && (await holds([each]))) ? [] : refusal);
  }
  return { findings };
}

const refusal: readonly Diagnostic[] = [
  { code: 'refused', message: 'the proof does not verify for its statement' },
];

interface ReadClaim {
  readonly publicInput: readonly bigint[];
  readonly proof: Uint8Array;
}

/** A claim with a proof that can be decoded, or what is wrong with its statement or its bytes. */
async function readClaim(
  { program, system }: LoweredProgram,
  { statement, proof }: PackedClaim,
): Promise<ReadClaim | { readonly findings: readonly Diagnostic[] }> {
  const { shapeOf } = await import('../targets/kimchi/prover.ts');
  try {
    const publicInput = publicInputOf(program, unpackTensors(statement));
    decodeProof(proof, shapeOf(system));
    return { publicInput, proof };
  } catch (error) {
    if (!isLetheError(error)) throw error;
    return { findings: error.diagnostics };
  }
}
