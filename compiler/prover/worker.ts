// The proving worker: compiles one circuit once, then proves tile after tile. Each witness is checked before it is
// proved, as `lethe prove` does.
import { LetheError } from '../diagnostics/diagnostic.ts';
import { requireHints } from '../program/hints.ts';
import { inputsOf } from '../program/ports.ts';
import { sizeOf } from '../ir/shape.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { evaluateAndCheck } from '../meanings/witness.ts';
import type { Backend } from '../targets/kimchi/backend.ts';
import { statementOf } from './statement.ts';
import { rebuild, type CircuitMessage } from './workers/circuit.ts';
import { packTensors, unpackTensors, type PackedTensors } from './workers/integers.ts';
import { serve } from './workers/serve.ts';

export interface ProverReady {
  readonly verificationKey: string;
  readonly backend: Backend;
  readonly seconds: number;
}

export interface ProveRequest {
  readonly tile: number;
  /** Integers of the input tensors. */
  readonly inputs: PackedTensors;
}

export interface ProveResult {
  readonly statement: PackedTensors;
  readonly proof: Uint8Array;
  readonly seconds: number;
  /** Of all its threads, in user and system mode. */
  readonly coreSeconds: number;
  /** Of the worker so far, in bytes. */
  readonly peakMemory: number;
}

serve<CircuitMessage, ProverReady, ProveRequest, ProveResult>(async (message) => {
  const start = performance.now();
  const circuit = await rebuild(message);
  requireHints(circuit.program);
  const { compile } = await import('../targets/kimchi/prover.ts');
  const { prepareBackend } = await import('../targets/kimchi/backend.ts');
  const { collectGarbage } = await import('../targets/kimchi/garbage.ts');
  const prover = await compile(circuit.program.name, circuit.system);
  return {
    ready: {
      verificationKey: prover.verificationKey,
      backend: await prepareBackend(),
      seconds: secondsSince(start),
    },
    async handle({ inputs }) {
      const [begin, used] = [performance.now(), process.cpuUsage()];
      const witness = witnessOf(circuit, unpackTensors(inputs));
      const proof = await prover.prove(witness);
      // The next proof would be made beside what this one leaves.
      collectGarbage();
      return {
        statement: packTensors(statementOf(circuit, witness)),
        proof,
        seconds: secondsSince(begin),
        coreSeconds: coreSecondsSince(used),
        peakMemory: process.resourceUsage().maxRSS * 1024,
      };
    },
  };
});

/** Throws what is wrong with the inputs. */
function witnessOf(circuit: LoweredProgram, inputs: Map<string, bigint[]>): readonly bigint[] {
  const missing = inputsOf(circuit.program).filter(
    ({ name, type }) => inputs.get(name)?.length !== sizeOf(type.shape),
  );
  if (missing.length > 0)
    throw new LetheError(
      missing.map(({ name, type }) => ({
        code: 'shape-mismatch',
        message: `input "${name}" has ${inputs.get(name)?.length ?? 0} values, ${sizeOf(type.shape)} are expected`,
      })),
    );
  const { witness, findings } = evaluateAndCheck(circuit, inputs);
  if (findings.length > 0) throw new LetheError(findings);
  return witness;
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

function coreSecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
