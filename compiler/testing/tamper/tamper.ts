// Tampering: every value of an honest witness is changed in a family of ways, alone and with what depends on it, or
// balances it, solved anew. What the circuit accepts must be a witness of the fixed-point meaning all the same.
import { checkWitness } from '../../constraints/checker.ts';
import type { Variable } from '../../constraints/expression.ts';
import type { Origin } from '../../constraints/system.ts';
import type { InputValues } from '../../constraints/witness.ts';
import { formatInterval, isOpaque } from '../../ir/format.ts';
import { inputsOf } from '../../program/ports.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { canonical, centered } from '../../numbers/field.ts';
import { interval, type Interval } from '../../numbers/interval.ts';
import { findOp } from '../../ops/index.ts';
import { honestWitness } from '../witness.ts';
import { Attacker } from './attacker.ts';
import { choicesOf, writingWithin } from './choice.ts';
import { domainOf, greatestOf } from './domain.ts';
import { changesOf, changesOfDerived, changesOfInput } from './family.ts';
import { isFree, type Graph } from './graph.ts';
import { contradiction, valuesOf } from './meaning.ts';
import { shuffled } from './sample.ts';
import type { Overrides } from './resolver.ts';

export interface TamperOptions {
  /** The variables to start from, in this order; by default all, in an order that `seed` determines. */
  readonly only?: readonly Variable[];
  readonly seed?: number;
  /** Witnesses to look at, about; by default as many as there are. */
  readonly limit?: number;
  /** Ends when this says so: asked between attacks. */
  readonly until?: () => boolean;
  /** Ends with the first finding. */
  readonly first?: boolean;
  /** Told now and then how many of the variables were tried. */
  readonly progress?: (done: number, of: number) => void;
  /** Changes of other values are never balanced by other inputs. */
  readonly sameInputs?: boolean;
  /** What is wrong with an accepted witness; by default how it contradicts the fixed-point meaning. */
  readonly judge?: (witness: readonly bigint[]) => string | undefined;
  /** True of accepted witnesses, asked before their hashes are worked out, that need no judgement. */
  readonly settled?: (witness: readonly bigint[]) => boolean;
}

/** A dishonest witness that the circuit accepts. */
export interface Finding {
  /** Where the tampered value comes from. */
  readonly origin: Origin;
  readonly variable: Variable;
  /** The value that was written first. */
  readonly value: bigint;
  readonly message: string;
}

export interface TamperResult {
  readonly tried: number;
  readonly refused: number;
  /** Witnesses that counted towards the limit, those that were only asked after among them. */
  readonly spent: number;
  /** Accepted, and right: another statement, another admitted choice, or a value that nothing depends on. */
  readonly harmless: number;
  readonly accepted: readonly Finding[];
}

const nothing: TamperResult = { tried: 0, spent: 0, refused: 0, harmless: 0, accepted: [] };

/** Tries nothing where the inputs have no honest witness. */
export function tamper(
  circuit: LoweredProgram,
  inputs: InputValues,
  options: TamperOptions = {},
): TamperResult {
  const honest = honestWitness(circuit, inputs);
  if (!honest || checkWitness(circuit.system, honest)) return nothing;
  return tamperWith(circuit, honest, options);
}

/** The same for an honest witness that is there already. */
export function tamperWith(
  circuit: LoweredProgram,
  honest: readonly bigint[],
  {
    only,
    seed = 1,
    limit = Infinity,
    first,
    progress,
    judge,
    settled,
    sameInputs,
    until = () => false,
  }: TamperOptions = {},
): TamperResult {
  const known = valuesOf(circuit, honest);
  const attacker = new Attacker(
    circuit.system,
    honest,
    judge ?? ((witness) => contradiction(circuit, witness, known)),
    settled,
    sameInputs,
  );
  const variables = only ?? shuffled([...honest.keys()], seed);
  const accepted: Finding[] = [];
  const attacks = attacksOf(circuit, attacker);
  for (const [done, variable] of variables.entries()) {
    const over = (): boolean => attacker.tried + attacker.probed >= limit || until();
    if (over()) break;
    if (done % 64 === 0) progress?.(done, variables.length);
    for (const overrides of attacks(variable)) {
      if (over() || (first && accepted.length > 0)) break;
      const message = attacker.attack(overrides);
      if (message === undefined) continue;
      const origin = originOf(circuit, attacker, variable);
      accepted.push({ origin, variable, value: overrides.get(variable)!, message });
    }
  }
  const { tried, refused, probed } = attacker;
  return {
    tried,
    spent: tried + probed,
    refused,
    harmless: tried - refused - accepted.length,
    accepted,
  };
}

/** The advice of lines that are declared choices. */
export function choicesIn({ program, system }: LoweredProgram): Variable[] {
  return system.steps.flatMap(({ advice, origin, outputs }) =>
    advice && findOp(program.lines[origin.line]!.op).choice ? outputs : [],
  );
}

/** What to write for one variable. */
function attacksOf(
  circuit: LoweredProgram,
  attacker: Attacker,
): (variable: Variable) => Iterable<Overrides> {
  const { system, program } = circuit;
  const { graph, honest } = attacker;
  const formats = inputFormats(circuit);
  const partners = swapPartners(circuit);
  const beyond = beyondFormats(circuit, attacker);
  return function* (variable) {
    const x = honest[variable]!;
    const write = (value: bigint): Overrides => new Map([[variable, value]]);
    const step = graph.stepOf[variable];
    if (step === undefined) {
      const format = formats.get(variable);
      if (!format) return;
      yield* edges(attacker, variable, format).map(write);
      yield* changesOfInput(format, x).map(write);
    } else if (isFree(graph, variable)) {
      const { line } = system.steps[step]!.origin;
      const every = findOp(program.lines[line]!.op).choice !== undefined;
      const domain = every ? domainOf(graph, variable) : undefined;
      if (domain?.fraction === 0)
        yield* edges(attacker, variable, interval(0n, domain.most)).map(write);
      yield* changesOf(graph, variable, x, { every }).map(write);
      yield* beyond.get(variable) ?? [];
      yield* extremes(graph, step, variable);
      for (const other of partners.get(variable) ?? [])
        if (honest[other] !== x)
          yield new Map([
            [variable, honest[other]!],
            [other, x],
          ]);
    } else yield* changesOfDerived(x).map(write);
  };
}

/** A digit and the ones that its step fills in after it, all at their greatest: what their checks admit at most. */
function extremes(graph: Graph, step: number, first: Variable): Overrides[] {
  const { outputs } = graph.system.steps[step]!;
  const digits = outputs.slice(outputs.indexOf(first), outputs.indexOf(first) + mostDigits);
  const greatest = digits.map((variable) => {
    const domain = domainOf(graph, variable);
    return [variable, domain ? greatestOf(domain) : 0n] as const;
  });
  return greatest.map((_, last) => new Map(greatest.slice(0, last + 1)));
}

const mostDigits = 6;

/** The integers next to the format of each chosen value, by its heaviest digit, where its digits can hold them. */
function beyondFormats(
  circuit: LoweredProgram,
  { graph, honest }: Attacker,
): Map<Variable, Overrides[]> {
  return new Map(
    choicesOf(circuit, graph, honest).map((choice) => {
      const { low, high } = choice.format;
      const outside = [high + 1n, low - 1n].map((value) => writingWithin(graph, choice, value));
      return [choice.digits[0]!.variable, outside.filter((each) => each !== undefined)];
    }),
  );
}

/** The integers that each variable of a numeric input may be. */
function inputFormats({ program, system }: LoweredProgram): Map<Variable, Interval> {
  const formats = new Map<Variable, Interval>();
  for (const { name, type } of inputsOf(program)) {
    if (isOpaque(type.format)) continue;
    const port = system.ports.find((each) => each.name === name)!;
    for (const variable of port.variables) formats.set(variable, formatInterval(type.format));
  }
  return formats;
}

/** For each advice value another one of its line or two. */
function swapPartners({ system }: LoweredProgram): Map<Variable, Variable[]> {
  const byLine = new Map<number, Variable[]>();
  for (const { advice, origin, outputs } of system.steps)
    if (advice) byLine.set(origin.line, [...(byLine.get(origin.line) ?? []), ...outputs]);
  const partners = new Map<Variable, Variable[]>();
  for (const variables of byLine.values())
    variables.forEach((variable, i) =>
      partners.set(
        variable,
        [...new Set([variables[i + 1], variables[i + 2]])].filter((v) => v !== undefined),
      ),
    );
  return partners;
}

/** Where the checks begin to refuse between a value and the ends of an interval: the first on either side. */
function edges(attacker: Attacker, variable: Variable, { low, high }: Interval): bigint[] {
  const accepts = (value: bigint): boolean =>
    attacker.solved(new Map([[variable, canonical(value)]])) !== undefined;
  return [low, high].flatMap((end) => {
    if (accepts(end)) return [];
    let [inside, outside] = [centered(attacker.honest[variable]!), end];
    const distance = (): bigint => (outside > inside ? outside - inside : inside - outside);
    while (distance() > 1n) {
      const middle = (inside + outside) >> 1n;
      if (accepts(middle)) inside = middle;
      else outside = middle;
    }
    return [outside, inside];
  });
}

function originOf(
  { system, program }: LoweredProgram,
  { graph }: Attacker,
  variable: Variable,
): Origin {
  const step = graph.stepOf[variable];
  if (step !== undefined) return system.steps[step]!.origin;
  const port = system.ports.find(({ variables }) => variables.includes(variable))!;
  const line = inputsOf(program).find(({ name }) => name === port.name)!.line;
  return { line, element: port.variables.indexOf(variable) };
}
