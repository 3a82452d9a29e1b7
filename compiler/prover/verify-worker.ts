// The verifying worker: builds the circuit itself, then verifies claim after claim. Proof bytes are untrusted: what they
// do to native code, they do to this process.
import { isLetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
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
  readonly statement: PackedTensors;
  readonly proof: Uint8Array;
}

export interface VerifyResult {
  /** Why the claim is refused; empty when it is accepted. */
  readonly findings: readonly Diagnostic[];
}

serve<VerifierStart, VerifierReady, VerifyRequest, VerifyResult>(async (message) => {
  const circuit = await rebuild(message.circuit);
  const { compile } = await import('../targets/kimchi/prover.ts');
  const key = message.key ?? (await compile(circuit.program.name, circuit.system)).verificationKey;
  return { ready: { key }, handle: (request) => judge(circuit, key, request) };
});

/** Throws `bad-key`, which is no fault of the claim. */
async function judge(
  { program, system }: LoweredProgram,
  key: string,
  { statement, proof }: VerifyRequest,
): Promise<VerifyResult> {
  const { verify } = await import('../targets/kimchi/prover.ts');
  try {
    const publicInput = publicInputOf(program, unpackTensors(statement));
    const valid = await verify({ key, system, publicInput, proof });
    const refused = { code: 'refused', message: 'the proof does not verify for its statement' };
    return { findings: valid ? [] : [refused] };
  } catch (error) {
    if (!isLetheError(error) || error.diagnostics.some(({ code }) => code === 'bad-key'))
      throw error;
    return { findings: error.diagnostics };
  }
}
