// Mutation testing, as far as an audit goes: a seeded sample of constraints, each changed in all ways.
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { describeLine } from '../program/print.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { describeElement } from '../meanings/fixed.ts';
import type { Mutant } from '../testing/mutation/edit.ts';
import { mutate } from '../testing/mutation/mutate.ts';
import { describeStatement } from '../testing/mutation/statement.ts';
import { reasons, type Separating } from '../testing/mutation/verdict.ts';
import { shuffled } from '../testing/tamper/sample.ts';
import { deadline } from './deadline.ts';
import type { AuditOptions } from './options.ts';

export interface MutationSummary {
  /** Constraints that were changed, and how many there are. */
  readonly gates: number;
  readonly of: number;
  readonly tried: number;
  readonly killed: number;
  /** Provably the same circuit. */
  readonly equivalent: number;
  /** Mutants of which nothing is known: neither a proof nor a statement that tells them from the circuit. */
  readonly undecided: readonly UndecidedMutant[];
  /** Planned constraints that the clock left untried. */
  readonly cutShort: number;
  readonly findings: readonly Diagnostic[];
}

export interface UndecidedMutant {
  readonly constraint: number;
  readonly change: string;
  /** The element and the line, as in messages. */
  readonly place: string;
  readonly where?: string;
  readonly because: string;
}

/** Dishonest witnesses for one mutant. */
const witnessesEach = 1000;

export function auditMutants(
  circuit: LoweredProgram,
  honest: readonly InputValues[],
  { seconds, seed, constraints, progress }: AuditOptions,
): MutationSummary {
  const { system } = circuit;
  const gates = shuffled([...system.gates.keys()], seed).slice(0, constraints);
  const late = deadline(seconds);
  let isLate = late();
  const changed = new Set<number>();
  let [tried, killed, equivalent] = [0, 0, 0];
  const undecided: UndecidedMutant[] = [];
  const findings: Diagnostic[] = [];
  const options = {
    gates,
    choices: 2,
    witnesses: witnessesEach,
    until: () => (isLate ||= late()),
  };
  if (!isLate)
    for (const { mutant, verdict } of mutate(circuit, honest, options)) {
      tried++;
      changed.add(mutant.gate);
      progress?.('mutants: constraint', changed.size, gates.length);
      if (verdict.is === 'killed') killed++;
      else if (verdict.is === 'equivalent') equivalent++;
      else if (verdict.is === 'survives')
        findings.push(survivor(circuit, mutant, verdict.separating));
      else undecided.push(undecidedMutant(circuit, mutant, reasons[verdict.because]));
      if ((isLate ||= late())) break;
    }
  const cutShort = isLate ? gates.length - changed.size : 0;
  const counts = { tried, killed, equivalent, undecided };
  return { gates: changed.size, of: system.gates.length, cutShort, ...counts, findings };
}

function survivor(
  circuit: LoweredProgram,
  mutant: Mutant,
  { statement, acceptedBy }: Separating,
): Diagnostic {
  const { place, where } = placeIn(circuit, mutant);
  const input = describeStatement(statement);
  return {
    code: 'mutant-survives',
    message: `${place.element} no net notices constraint ${mutant.gate} changed (${mutant.edit.description}), in \`${place.line}\``,
    hint:
      acceptedBy === 'mutant'
        ? `the change accepts ${input}, which the circuit refuses though every line has a value for it: assert that it is excluded, or mend the constraint that refuses it`
        : `the change refuses ${input}, which the circuit accepts: give it as an input (--inputs), or assert that it is excluded`,
    ...(where ? { where } : {}),
  };
}

function undecidedMutant(
  circuit: LoweredProgram,
  mutant: Mutant,
  because: string,
): UndecidedMutant {
  const { place, where } = placeIn(circuit, mutant);
  return {
    constraint: mutant.gate,
    change: mutant.edit.description,
    place: `${place.element} \`${place.line}\``,
    ...(where ? { where: `${where.file}:${where.line}` } : {}),
    because,
  };
}

function placeIn({ program, system }: LoweredProgram, { edit, gate }: Mutant) {
  const { line, element } = system.gates[gate]!.origins[edit.part ?? 0]!;
  const own = program.lines[line]!;
  const place = {
    element: describeElement(program, own, element),
    line: describeLine(program, line),
  };
  return { place, where: own.where };
}
