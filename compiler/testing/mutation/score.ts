// The score of a mutation test: how many mutants were noticed, by whom, and which were not.
import { printLine } from '../../program/print.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import type { Outcome } from './mutate.ts';

/** Counts of mutants. `explained` are those that no net noticed and that provably change nothing. */
export interface Tally {
  readonly mutants: number;
  readonly killed: number;
  readonly explained: number;
}

/** A mutant that no net noticed, with its provenance. */
export interface Survivor {
  readonly circuit: string;
  readonly kind: string;
  /** The kind of gate, and what was changed. */
  readonly change: string;
  /** The line of the program, and the element of it. */
  readonly line: string;
  readonly element: number;
  /** The author's line. */
  readonly where?: string;
  readonly explained?: string;
}

export interface Score {
  readonly total: Tally;
  readonly byKind: Readonly<Record<string, Tally>>;
  readonly byCircuit: Readonly<Record<string, Tally>>;
  /** Mutants killed, by the net that noticed them first. */
  readonly byNet: Readonly<Record<string, number>>;
  readonly survivors: readonly Survivor[];
}

/** Killed, of those that change anything. */
export const rate = ({ mutants, killed, explained }: Tally): number =>
  mutants === explained ? 1 : killed / (mutants - explained);

const none: Tally = { mutants: 0, killed: 0, explained: 0 };

export class Scoreboard {
  #total = none;
  readonly #byKind: Record<string, Tally> = {};
  readonly #byCircuit: Record<string, Tally> = {};
  readonly #byNet: Record<string, number> = {};
  readonly #survivors: Survivor[] = [];

  add(name: string, circuit: LoweredProgram, outcome: Outcome): void {
    const { killed, explained, mutant } = outcome;
    const { gate } = circuit.system.gates[mutant.gate]!;
    const count = ({ mutants, ...rest }: Tally): Tally => ({
      mutants: mutants + 1,
      killed: rest.killed + Number(killed !== undefined),
      explained: rest.explained + Number(!killed && explained !== undefined),
    });
    const kind = `${mutant.edit.kind}, ${gate.kind}`;
    this.#total = count(this.#total);
    this.#byKind[kind] = count(this.#byKind[kind] ?? none);
    this.#byCircuit[name] = count(this.#byCircuit[name] ?? none);
    if (killed) this.#byNet[killed.net] = (this.#byNet[killed.net] ?? 0) + 1;
    else this.#survivors.push(survivor(name, circuit, outcome));
  }

  score(): Score {
    return {
      total: this.#total,
      byKind: this.#byKind,
      byCircuit: this.#byCircuit,
      byNet: this.#byNet,
      survivors: this.#survivors,
    };
  }
}

function survivor(
  name: string,
  { system, program }: LoweredProgram,
  { mutant: { edit, gate: number }, explained }: Outcome,
): Survivor {
  const { gate, origins } = system.gates[number]!;
  const { line, element } = origins[edit.part ?? 0]!;
  const { where } = program.lines[line]!;
  return {
    circuit: name,
    kind: edit.kind,
    change: `${gate.kind} gate ${number}: ${edit.description}`,
    line: printLine(program, line),
    element,
    ...(where ? { where: `${where.file}:${where.line}` } : {}),
    ...(explained ? { explained } : {}),
  };
}
