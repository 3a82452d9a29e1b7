// The process in which one circuit is measured: it compiles, proves and verifies once.
import { checkWitness } from '../constraints/checker.ts';
import { countRows, domainOf } from '../constraints/rows.ts';
import { publicVariables, type ConstraintSystem } from '../constraints/system.ts';
import { solveWitness } from '../constraints/witness.ts';
import { LetheError } from '../diagnostics/diagnostic.ts';
import { evaluateAndCheck } from '../meanings/witness.ts';
import { requireHints } from '../program/hints.ts';
import { rebuild } from '../prover/workers/circuit.ts';
import { unpackTensors } from '../prover/workers/integers.ts';
import { serve } from '../prover/workers/serve.ts';
import type { SubjectMessage } from './measure.ts';
import { batchSize, type Measurement, type Seconds, type Stage } from './measurement.ts';
import { plainInputs, plainSystem } from './plain-circuit.ts';

interface Prepared {
  readonly name: string;
  readonly system: ConstraintSystem;
  /** Throws what is wrong with the inputs. */
  witness(): readonly bigint[];
}

serve<SubjectMessage, Measurement, never, never>(async (message) => {
  const seconds = {} as Record<Stage, Seconds>;
  const timed = async <T>(stage: Stage, action: () => T | Promise<T>): Promise<T> => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const result = await action();
    const { user, system } = process.cpuUsage(used);
    seconds[stage] = { wall: (performance.now() - start) / 1000, core: (user + system) / 1e6 };
    return result;
  };
  const peak = (): number => process.resourceUsage().maxRSS * 1024;

  const { name, system, witness: solve } = await timed('record', () => prepare(message));
  const { kimchi, verifyBatch, backend } = await timed('load', async () => {
    const { prepareBackend } = await import('../targets/kimchi/backend.ts');
    return {
      backend: await prepareBackend(),
      verifyBatch: (await import('../targets/kimchi/batch.ts')).verifyBatch,
      kimchi: await import('../targets/kimchi/prover.ts'),
    };
  });
  const loaded = peak();
  const prover = await timed('compile', () => kimchi.compile(name, system));
  const compiled = peak();
  const witness = await timed('witness', solve);
  const proof = await timed('prove', () => prover.prove(witness));
  const proved = peak();
  const publicInput = publicVariables(system).map((variable) => witness[variable]!);
  const key = prover.verificationKey;
  const claim = { publicInput, proof };
  const holds = await timed('verify', () => kimchi.verify({ key, system, ...claim }));
  const claims = new Array<typeof claim>(batchSize).fill(claim);
  const hold = await timed('batch', () => verifyBatch({ key, system, claims }));
  if (!holds || !hold) throw new Error(`circuit ${name}: its own proof is refused`);
  const rows = countRows(system);
  return {
    ready: {
      backend,
      rows,
      domain: domainOf(rows),
      seconds,
      memory: { load: loaded, compile: compiled, prove: proved },
      proofBytes: proof.length,
    },
    handle: () => Promise.reject(new Error('a process measures one circuit')),
  };
});

async function prepare(message: SubjectMessage): Promise<Prepared> {
  if ('plain' in message) {
    const system = plainSystem(message.plain);
    return {
      name: 'plain',
      system,
      witness() {
        const witness = solveWitness(system, plainInputs);
        if (checkWitness(system, witness)) throw new Error('a plain circuit refuses its witness');
        return witness;
      },
    };
  }
  const circuit = await rebuild(message.circuit);
  requireHints(circuit.program);
  return {
    name: circuit.program.name,
    system: circuit.system,
    witness() {
      const { witness, findings } = evaluateAndCheck(circuit, unpackTensors(message.inputs));
      if (findings.length > 0) throw new LetheError(findings);
      return witness;
    },
  };
}
