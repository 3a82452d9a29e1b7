// What could notice a mutant: each net has a name, and says what it saw. A circuit's digest, or its number of rows, is
// none: they tell that something changed, not that it is wrong.
import { analyzeDeterminism } from '../../analyses/determinism/report.ts';
import { checkGates, gatesOn } from '../../constraints/checker.ts';
import type { GateKind } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import type { InputValues } from '../../constraints/witness.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { evaluateFixed } from '../../meanings/fixed.ts';
import { graphOf, type Graph } from '../tamper/graph.ts';
import { contradiction } from '../tamper/meaning.ts';
import { choicesIn, tamperWith } from '../tamper/tamper.ts';
import { honestWitness } from '../witness.ts';
import { shuffled } from '../tamper/sample.ts';
import { refill, type Mutant } from './edit.ts';
import { nearVariables } from './near.ts';

/** One input, what an honest prover of the original makes of it, and what the original says. */
export interface Run {
  readonly witness: readonly bigint[];
  /** Whether the fixed-point meaning exists. */
  readonly accepted: boolean;
  /** The gates of the original that refuse. */
  readonly refusing: readonly number[];
}

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

export interface Net {
  readonly name: string;
  /** What is wrong with the mutant, if this net can tell. */
  notices(mutant: Mutant, context: Context): string | undefined;
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
  const accepted = runs.filter((run) => run.accepted).slice(0, 2);
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

/** The laws on honest witnesses: the circuit accepts just where the fixed-point meaning exists. */
const honest: Net = {
  name: 'honest',
  notices(mutant, { runs }) {
    for (const { witness, accepted, refusing } of runs) {
      const failure = checkGates(mutant.system, refill(mutant, witness), mutant.changed);
      if (accepted && failure) return `an honest witness is refused: ${failure.message}`;
      const others = refusing.some((number) => number !== mutant.gate);
      if (!accepted && !failure && !others)
        return 'what the fixed-point meaning refuses is accepted';
    }
    return undefined;
  },
};

/** Honest witnesses that are tampered with, beginning around the changed gate. */
const tamper: Net = {
  name: 'tamper',
  notices(mutant, context) {
    const { circuit, graph, runs, until, witnesses = Infinity, onExhausted } = context;
    let left = witnesses;
    const only = nearVariables(graph, mutant);
    const changed: LoweredProgram = { ...circuit, system: mutant.system };
    const { kind } = circuit.system.gates[mutant.gate]!.gate;
    const accepted = runs.filter((run) => run.accepted).slice(0, tamperedRuns[kind] ?? 8);
    for (const { witness } of accepted) {
      const { accepted, spent } = tamperWith(changed, refill(mutant, witness), {
        only,
        first: true,
        limit: left,
        ...(until ? { until } : {}),
        settled: (forged) => isOriginal(mutant, circuit, forged),
        judge: (forged) => contradiction(circuit, forged),
      });
      if (accepted[0]) return accepted[0].message;
      left -= spent;
      if (left > 0) continue;
      onExhausted?.();
      return undefined;
    }
    return undefined;
  },
};

/** Runs that are tampered with. What is wrong with a bit shows only where what it switches off holds anyway. */
const tamperedRuns: { readonly [K in GateKind]?: number } = { boolean: 40 };

/** True of a witness that the unchanged circuit accepts as well. */
function isOriginal(
  { gate, steps }: Mutant,
  { system }: LoweredProgram,
  forged: readonly bigint[],
): boolean {
  if (steps.length === 0) return checkGates(system, forged, [gate]) === undefined;
  const values = [...forged];
  const refilled = new Set(steps.flatMap(({ outputs }) => outputs));
  for (const { outputs, compute } of system.steps)
    if (outputs.some((variable) => refilled.has(variable)))
      compute(values).forEach((value, i) => (values[outputs[i]!] = value));
  const touched = [...refilled].filter((variable) => variable < system.variables);
  return checkGates(system, values, [gate, ...gatesOn(system, touched)]) === undefined;
}

/** Advice that the changed constraints leave open. */
const determinism: Net = {
  name: 'determinism',
  notices(mutant, { circuit }) {
    const changed: LoweredProgram = { ...circuit, system: mutant.system };
    const { free } = analyzeDeterminism(changed);
    return free.find(({ message }) => !openIn(circuit).has(message))?.message;
  },
};

const open = new WeakMap<LoweredProgram, ReadonlySet<string>>();

/** What the original leaves open already. */
function openIn(circuit: LoweredProgram): ReadonlySet<string> {
  const known = open.get(circuit);
  if (known) return known;
  const found = new Set(analyzeDeterminism(circuit).free.map(({ message }) => message));
  open.set(circuit, found);
  return found;
}

/** The nets that a mutant must pass, in the order of what they cost. */
export const nets: readonly Net[] = [honest, determinism, tamper];
