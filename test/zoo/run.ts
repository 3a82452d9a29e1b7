// The findings of the nets on a specimen: those of `lethe audit`, by net, and those of the circuit's specification.
import { analyzeDeterminism } from '../../compiler/analyses/determinism/report.ts';
import { auditCircuit } from '../../compiler/audit/audit.ts';
import { candidates } from '../../compiler/audit/candidates.ts';
import { isLetheError, type Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import type { Net } from './answer.ts';
import type { Case } from './benchmark.ts';
import { givenInputs } from './inputs.ts';
import { againstSpecification } from './specification-net.ts';
import { Stopwatch } from './stopwatch.ts';

export interface Verdict {
  readonly name: string;
  /** The findings of each net; `audit` has the errors of the audit that belong to none of them. */
  readonly findings: Readonly<Partial<Record<Net | 'audit', readonly Diagnostic[]>>>;
  /** Processor time. */
  readonly seconds: Readonly<Partial<Record<Net, number>>>;
}

/** As `lethe audit` has them by default. The clock is left out: what is found is to be the same on every machine. */
const options = { seed: 1, seconds: Infinity, witnesses: 1000, constraints: 64 };

const netOfCode: Readonly<Record<string, Net>> = {
  undetermined: 'determinism',
  'open-assumption': 'assumptions',
  'unknown-assumption': 'assumptions',
  'claim-too-narrow': 'assumptions',
  'claim-too-wide': 'assumptions',
  'unsalted-commitment': 'hiding',
  'exposed-salt': 'hiding',
  'reused-salt': 'hiding',
  'partly-committed': 'binding',
  'too-far': 'declarations',
  'not-forced': 'declarations',
  'false-premise': 'declarations',
  'tampering-accepted': 'tampering',
  'mutant-survives': 'mutation',
};

const netOfStage: Readonly<Record<string, Net>> = {
  pushing: 'declarations',
  tampering: 'tampering',
  'mutants: constraint': 'mutation',
};

export function judge(specimen: Case): Verdict {
  const { name } = specimen;
  const watch = new Stopwatch();
  const findings: Partial<Record<Net | 'audit', Diagnostic[]>> = {};
  const add = (net: Net | 'audit', found: readonly Diagnostic[]): void => {
    if (found.length > 0) (findings[net] ??= []).push(...found);
  };
  watch.start('building');
  const circuit = buildOrRefuse(specimen.build);
  if ('refusals' in circuit) {
    watch.stop();
    return { name, findings: { building: circuit.refusals }, seconds: watch.seconds };
  }
  watch.start('determinism');
  analyzeDeterminism(circuit);
  // The analyses of assumptions and commitments come first in an audit, and are done before a net begins.
  watch.start('assumptions');
  const given = givenInputs(circuit.program, specimen.inputs);
  const inputs = candidates(circuit.program, given, options.seed);
  const { open } = auditCircuit(circuit, inputs, {
    ...options,
    given: given.length,
    progress: (stage) => watch.start(netOfStage[stage] ?? 'assumptions'),
  });
  for (const found of open) add(netOfCode[found.code] ?? 'audit', [found]);
  watch.start('specification');
  add('specification', againstSpecification(specimen, circuit, inputs));
  watch.stop();
  return { name, findings, seconds: watch.seconds };
}

function buildOrRefuse(
  build: () => LoweredProgram,
): LoweredProgram | { readonly refusals: Diagnostic[] } {
  try {
    return build();
  } catch (error) {
    if (isLetheError(error)) return { refusals: [...error.diagnostics] };
    throw error;
  }
}
