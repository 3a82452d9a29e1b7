// The verifying worker: builds the circuit itself, then verifies batch after batch of claims. Proof bytes are untrusted:
// what they do to native code, they do to this process.
import { isLetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { decodeProof } from '../targets/kimchi/proof-codec.ts';
import { publicInputOf } from './public-input.ts';
import { refusedAmong, type Holds } from './refused-among.ts';
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
  /** Whether it is enough to know that one of the claims is refused. */
  readonly untilRefused: boolean;
}

export interface PackedClaim {
  readonly statement: PackedTensors;
  readonly proof: Uint8Array;
}

export type VerifyResult =
  | {
      /** For each claim, why it is refused; empty when it is accepted. */
      readonly findings: readonly (readonly Diagnostic[])[];
    }
  | { readonly refused: RefusedClaim };

export interface RefusedClaim {
  /** Index of the claim; where the findings speak of several, of the first of them. */
  readonly at: number;
  readonly findings: readonly Diagnostic[];
}

serve<VerifierStart, VerifierReady, VerifyRequest, VerifyResult>(async (message) => {
  const circuit = await rebuild(message.circuit);
  const { compile } = await import('../targets/kimchi/prover.ts');
  const key = message.key ?? (await compile(circuit.program.name, circuit.system)).verificationKey;
  return { ready: { key }, handle: (request) => judge(circuit, key, request) };
});

/** Claims that can be read are verified together. Throws `bad-key`, which is no fault of the claims. */
async function judge(
  circuit: LoweredProgram,
  key: string,
  request: VerifyRequest,
): Promise<VerifyResult> {
  const { verifyBatch } = await import('../targets/kimchi/batch.ts');
  const read = await Promise.all(request.claims.map((claim) => readClaim(circuit, claim)));
  const holds: Holds<ReadClaim> = (claims) => verifyBatch({ key, system: circuit.system, claims });
  if (request.untilRefused) return untilRefused(read, holds);
  const claims = read.filter((each): each is ReadClaim => !('findings' in each));
  const bad = new Set(await refusedAmong(claims, holds));
  return {
    findings: read.map((each) =>
      'findings' in each ? each.findings : bad.has(each) ? [refusal(1)] : [],
    ),
  };
}

/** Takes one batch, whatever is found. */
async function untilRefused(
  read: readonly (ReadClaim | UnreadClaim)[],
  holds: Holds<ReadClaim>,
): Promise<VerifyResult> {
  const at = read.findIndex((each) => 'findings' in each);
  if (at >= 0) return { refused: { at, ...(read[at] as UnreadClaim) } };
  if (await holds(read as readonly ReadClaim[])) return { findings: read.map(() => []) };
  return { refused: { at: 0, findings: [refusal(read.length)] } };
}

const refusal = (claims: number): Diagnostic => ({
  code: 'refused',
  message:
    claims === 1
      ? 'the proof does not verify for its statement'
      : `the proof, or one of the ${claims - 1} after it, does not verify for its statement`,
});

interface UnreadClaim {
  readonly findings: readonly Diagnostic[];
}

interface ReadClaim {
  readonly publicInput: readonly bigint[];
  readonly proof: Uint8Array;
}

/** A claim with a proof that can be decoded, or what is wrong with its statement or its bytes. */
async function readClaim(
  { program, system }: LoweredProgram,
  { statement, proof }: PackedClaim,
): Promise<ReadClaim | UnreadClaim> {
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
