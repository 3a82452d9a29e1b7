// The knowledge of the nets about a circuit: honest witnesses of many inputs, and how long they may search.
import { checkGates } from '../../constraints/checker.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import type { InputValues } from '../../constraints/witness.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { evaluateFixed } from '../../meanings/fixed.ts';
import { graphOf, type Graph } from '../tamper/graph.ts';
import { shuffled } from '../tamper/sample.ts';
import { choicesIn, tamperWith } from '../tamper/tamper.ts';
import { honestWitness } from '../witness.ts';

/** One input, what an honest prover of the original makes of it, and what the original says. */
export interface Run {
  readonly witness: readonly bigint[];
  /** Whether the fixed-point meaning exists. */
  readonly accepted: boolean;
  /** The gates of the original that refuse. */
  readonly refusing: readonly number[];
}

/** True of a run whose statement both the meaning and the circuit accept. */
export const isSatisfied = ({ accepted, refusing }: Run): boolean =>
  accepted && refusing.length === 0;

export interface Context {
  readonly circuit: LoweredProgram;
  readonly graph: Graph;
  /** An honest witness. */
  readonly witness: readonly bigint[];
  readonly runs: readonly Run[];
  /** Asked by nets that take long: true when they should give up. */
  readonly until?: () => boolean;
  /** Dishonest witnesses for one mutant; by default as many as there are. */
  readonly witnesses?: number;
  /** Told when a net gives up because they ran out. */
  readonly onExhausted?: () => void;
}

export interface ContextOptions {
  /** Asked by nets that take long: true when they should give up. */
  readonly until?: () => boolean;
  /** Dishonest witnesses for one mutant; by default as many as there are. */
  readonly witnesses?: number;
  /** Told when a net gives up because they ran out. */
  readonly onExhausted?: () => void;
  /** How many other choices of declared relations count as honest, too, for each input. */
  readonly choices?: number;
}

/** Inputs for which an honest prover finds no witness at all are left out. */
export function contextOf(
  circuit: LoweredProgram,
  inputs: readonly InputValues[],
  { choices = 40, ...limits }: ContextOptions = {},
): Context {
  const { system, program } = circuit;
  const runs = varied(
    system,
    inputs.flatMap((each): Run[] => {
      const witness = honestWitness(circuit, each);
      if (!witness) return [];
      const refusing = [...system.gates.keys()].filter((n) => checkGates(system, witness, [n]));
      return [{ witness, refusing, accepted: evaluateFixed(program, each).findings.length === 0 }];
    }),
  );
  const accepted = runs.filter(isSatisfied).slice(0, 2);
  const witness = accepted[0]?.witness;
  if (!witness) throw new RangeError('mutation testing needs an input with an honest witness');
  const graph = graphOf(system, witness);
  return {
    circuit,
    graph,
    witness,
    runs: [...runs, ...accepted.flatMap((run) => choicesOf(circuit, run, choices))],
    ...limits,
  };
}

/** The first run for every assignment of the circuit's bits, then the others: masks decide what is checked. */
function varied({ gates }: ConstraintSystem, runs: readonly Run[]): Run[] {
  const bits = gates.flatMap(({ gate }) => (gate.kind === 'boolean' ? gate.variable : []));
  const first = new Map<string, Run>();
  for (const run of runs.filter(({ accepted }) => accepted)) {
    const assignment = bits.map((variable) => run.witness[variable]).join();
    if (!first.has(assignment)) first.set(assignment, run);
  }
  return [...new Set([...first.values(), ...runs])];
}

/** The same inputs with other choices that are admitted: these, too, must be accepted. */
function choicesOf(circuit: LoweredProgram, { witness }: Run, most: number): Run[] {
  const found: Run[] = [];
  tamperWith(circuit, witness, {
    only: shuffled(choicesIn(circuit), 1),
    limit: 50 * most,
    until: () => found.length >= most,
    judge: (forged) => {
      found.push({ witness: [...forged], accepted: true, refusing: [] });
      return undefined;
    },
  });
  return found;
}
