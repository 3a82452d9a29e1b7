// The score of a mutation test: the verdicts, counted, and every mutant that is not killed.
import { printLine } from '../../program/print.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import type { Outcome } from './mutate.ts';
import { describeStatement } from './statement.ts';
import { reasons, type Verdict } from './verdict.ts';

export interface Tally {
  readonly mutants: number;
  readonly killed: number;
  readonly equivalent: number;
  readonly survives: number;
  readonly undecided: number;
}

/** A mutant that no net noticed, with its provenance. */
export interface Unnoticed {
  readonly circuit: string;
  readonly kind: string;
  /** The kind of gate, and what was changed. */
  readonly change: string;
  /** The line of the program, and the element of it. */
  readonly line: string;
  readonly element: number;
  /** The author's line. */
  readonly where?: string;
  readonly verdict: Exclude<Verdict['is'], 'killed'>;
  /** The explanation of an equivalent one, the separating statement of a survivor, why another one is undecided. */
  readonly because: string;
}

export interface Score {
  readonly total: Tally;
  readonly byKind: Readonly<Record<string, Tally>>;
  readonly byCircuit: Readonly<Record<string, Tally>>;
  /** Mutants killed, by the net that noticed them first. */
  readonly byNet: Readonly<Record<string, number>>;
  readonly unnoticed: readonly Unnoticed[];
}

/** Killed, of those that may change anything. */
export const rate = ({ mutants, killed, equivalent }: Tally): number =>
  mutants === equivalent ? 1 : killed / (mutants - equivalent);

const none: Tally = { mutants: 0, killed: 0, equivalent: 0, survives: 0, undecided: 0 };

export class Scoreboard {
  #total = none;
  readonly #byKind: Record<string, Tally> = {};
  readonly #byCircuit: Record<string, Tally> = {};
  readonly #byNet: Record<string, number> = {};
  readonly #unnoticed: Unnoticed[] = [];

  add(name: string, circuit: LoweredProgram, { mutant, verdict }: Outcome): void {
    const { gate } = circuit.system.gates[mutant.gate]!;
    const count = (tally: Tally = none): Tally => ({
      ...tally,
      mutants: tally.mutants + 1,
      [verdict.is]: tally[verdict.is] + 1,
    });
    const kind = `${mutant.edit.kind}, ${gate.kind}`;
    this.#total = count(this.#total);
    this.#byKind[kind] = count(this.#byKind[kind]);
    this.#byCircuit[name] = count(this.#byCircuit[name]);
    if (verdict.is === 'killed') this.#byNet[verdict.net] = (this.#byNet[verdict.net] ?? 0) + 1;
    else this.#unnoticed.push({ circuit: name, ...placeOf(circuit, mutant), ...saidOf(verdict) });
  }

  score(): Score {
    return {
      total: this.#total,
      byKind: this.#byKind,
      byCircuit: this.#byCircuit,
      byNet: this.#byNet,
      unnoticed: this.#unnoticed,
    };
  }
}

function saidOf(
  verdict: Exclude<Verdict, { is: 'killed' }>,
): Pick<Unnoticed, 'verdict' | 'because'> {
  switch (verdict.is) {
    case 'equivalent':
      return { verdict: verdict.is, because: verdict.by };
    case 'survives': {
      const { statement, acceptedBy } = verdict.separating;
      const because = `only the ${acceptedBy} accepts ${describeStatement(statement)}`;
      return { verdict: verdict.is, because };
    }
    case 'undecided':
      return { verdict: verdict.is, because: reasons[verdict.because] };
  }
}

export function placeOf(
  { system, program }: LoweredProgram,
  { edit, gate: number }: Outcome['mutant'],
): Pick<Unnoticed, 'kind' | 'change' | 'line' | 'element' | 'where'> {
  const { gate, origins } = system.gates[number]!;
  const { line, element } = origins[edit.part ?? 0]!;
  const { where } = program.lines[line]!;
  return {
    kind: edit.kind,
    change: `${gate.kind} gate ${number}: ${edit.description}`,
    line: printLine(program, line),
    element,
    ...(where ? { where: `${where.file}:${where.line}` } : {}),
  };
}
