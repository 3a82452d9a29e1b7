// lethe audit: what a circuit proves, and whether the nets find a way to make it prove something else.
import fc from 'fast-check';
import { auditCircuit } from '../../audit/audit.ts';
import { variations } from '../../audit/inputs.ts';
import { bindInputs } from '../../inputs/bind.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { arbitraryInputs } from '../../testing/arbitrary-inputs.ts';
import { assumptionsJson } from '../assumptions.ts';
import type { Outcome } from '../exit.ts';
import { loadCircuit } from '../load-circuit.ts';
import { loadInputs } from '../load-inputs.ts';
import { renderAudit } from '../render-audit.ts';
import { showProgress } from '../progress.ts';
import { loadWitnessProgram } from '../run.ts';
import type { AuditCommandOptions } from '../commands/audit.ts';

export async function audit(file: string, options: AuditCommandOptions): Promise<Outcome> {
  const circuit = await loadWitnessProgram(file, options);
  const inputs = await candidates(circuit, options);
  const show = showProgress('audit', !options.json);
  const { seconds, seed, witnesses, constraints, assume = [] } = options;
  const report = auditCircuit(circuit, inputs, {
    seconds,
    seed,
    witnesses,
    constraints,
    given: options.inputs ? 1 : 0,
    source: await loadCircuit(file, options.name),
    accepted: new Map(assume.map((name) => [name, 'accepted on the command line'])),
    progress: (stage, done, of) => show(`${stage} ${done} of ${of}`),
  });
  show();
  const { open, notTried, trust, determinism, ...rest } = report;
  const { forcedLines: _, slackVariables: __, ...determined } = determinism;
  const isOpen = open.length > 0;
  return {
    exit: isOpen ? 1 : notTried.length > 0 ? 3 : 0,
    json: {
      ok: !isOpen,
      ...assumptionsJson(trust),
      complete: notTried.length === 0,
      notTried,
      open,
      determinism: determined,
      ...rest,
    },
    text: renderAudit(circuit, report),
    isReport: true,
  };
}

/** The inputs of the files, others like them, and random ones. */
async function candidates({ program }: LoweredProgram, { inputs, seed }: AuditCommandOptions) {
  const given = inputs ? [bindInputs(program, await loadInputs(inputs)).fixed] : [];
  const like = given.flatMap((each) => variations(program, each, { count: 30, seed }));
  const random = fc.sample(arbitraryInputs(program), { numRuns: 20, seed });
  return [...given, ...like, ...random.map(({ fixed }) => fixed)];
}
