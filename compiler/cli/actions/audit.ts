// lethe audit: what a circuit proves, and whether the nets find a way to make it prove something else.
import { auditCircuit } from '../../audit/audit.ts';
import { candidates } from '../../audit/candidates.ts';
import { bindInputs } from '../../inputs/bind.ts';
import { assumptionsJson } from '../assumptions.ts';
import type { Outcome } from '../exit.ts';
import { loadCircuit } from '../load-circuit.ts';
import { inputsOf } from '../../program/ports.ts';
import { loadInputs } from '../load-inputs.ts';
import { renderAudit } from '../render-audit.ts';
import { showProgress } from '../progress.ts';
import { guarded, loadWitnessProgram } from '../run.ts';
import type { AuditCommandOptions } from '../commands/audit.ts';

export async function audit(file: string, options: AuditCommandOptions): Promise<Outcome> {
  const circuit = await loadWitnessProgram(file, options);
  const show = showProgress('audit', !options.json);
  const { seconds, seed, witnesses, constraints, assume = [] } = options;
  const given = options.inputs
    ? [
        bindInputs(circuit.program, await loadInputs(options.inputs, inputsOf(circuit.program)))
          .fixed,
      ]
    : [];
  const report = auditCircuit(circuit, candidates(circuit.program, given, seed), {
    seconds,
    seed,
    witnesses,
    constraints,
    given: given.length,
    source: guarded(file, await loadCircuit(file, options.name, options), options),
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
