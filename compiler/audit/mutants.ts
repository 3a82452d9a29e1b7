// Mutation testing, as far as an audit goes: a seeded sample of constraints, each changed in all ways.
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { describeLine } from '../program/print.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { describeElement } from '../meanings/fixed.ts';
import { mutate } from '../testing/mutation/mutate.ts';
import { shuffled } from '../testing/tamper/sample.ts';
import { deadline } from './deadline.ts';
import type { AuditOptions } from './options.ts';

export interface MutationSummary {
  /** Constraints that were changed, and how many there are. */
  readonly gates: number;
  readonly of: number;
  readonly tried: number;
  readonly killed: number;
  readonly explained: number;
  /** Those for which the witnesses ran out before a net could tell. */
  readonly undecided: number;
  /** Planned constraints that the clock left untried. */
  readonly cutShort: number;
  readonly findings: readonly Diagnostic[];
}

/** Dishonest witnesses for one mutant. */
const witnessesEach = 1000;

export function auditMutants(
  circuit: LoweredProgram,
  honest: readonly InputValues[],
  { seconds, seed, constraints, progress }: AuditOptions,
): MutationSummary {
  const { program, system } = circuit;
  const gates = shuffled([...system.gates.keys()], seed).slice(0, constraints);
  const late = deadline(seconds);
  let exhausted = false;
  const changed = new Set<number>();
  let [tried, killed, explained, undecided] = [0, 0, 0, 0];
  let isLate = late();
  const findings: Diagnostic[] = [];
  const options = {
    gates,
    choices: 2,
    witnesses: witnessesEach,
    onExhausted: () => (exhausted = true),
    until: () => (isLate ||= late()),
  };
  if (!isLate)
    for (const outcome of mutate(circuit, honest, options)) {
      const { mutant, killed: by, explained: why } = outcome;
      tried++;
      changed.add(mutant.gate);
      progress?.('mutants: constraint', changed.size, gates.length);
      if (by) killed++;
      else if (why !== undefined) explained++;
      else if (exhausted || isLate) undecided++;
      else {
        const { line, element } = system.gates[mutant.gate]!.origins[0]!;
        const { where } = program.lines[line]!;
        findings.push({
          code: 'mutant-survives',
          message: `${describeElement(program, program.lines[line]!, element)} no net notices constraint ${mutant.gate} changed (${mutant.edit.description}), in \`${describeLine(program, line)}\``,
          hint: 'the constraint may be redundant, or nothing tries what it forbids: give inputs (--inputs) that come near it',
          ...(where ? { where } : {}),
        });
      }
      exhausted = false;
      if ((isLate ||= late())) break;
    }
  const counts = { tried, killed, explained, undecided };
  const cutShort = isLate ? gates.length - changed.size : 0;
  return { gates: changed.size, of: system.gates.length, cutShort, ...counts, findings };
}
