// Mutants that accept just the statements that the original accepts, each with the proof of it.
import type { Variable } from '../../constraints/expression.ts';
import { variablesOf, type Gate } from '../../constraints/gates.ts';
import { formatInterval } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import type { ConstraintSystem, Origin } from '../../constraints/system.ts';
import { centered } from '../../numbers/field.ts';
import { interval, type Interval } from '../../numbers/interval.ts';
import { graphOf, type Graph } from '../tamper/graph.ts';
import { boundsOf, liesIn } from './bounds.ts';
import { carries } from './carries.ts';
import type { Context } from './context.ts';
import { definiteBounds } from './definite.ts';
import { loosens, refill, type Mutant } from './edit.ts';
import { expand } from './form.ts';
import { isNeverBoth, isWithin } from './refute.ts';
import { isAssertedZero, zeroProducts } from './zeros.ts';
import { checksOf, scaledIn } from './range-edits.ts';
import { declaredInput } from '../../program/ports.ts';

export interface Explanation {
  readonly name: string;
  readonly why: string;
  applies(mutant: Mutant, context: Context): boolean;
}

export const filler: Explanation = {
  name: 'filler',
  why: 'a variable that is wired to 0 and only fills up a row of range checks',
  applies(mutant, { circuit }) {
    if (!loosens(mutant)) return false;
    const { edit, gate: number } = mutant;
    const { gates } = circuit.system;
    const { gate } = gates[number]!;
    const variable =
      gate.kind === 'constant'
        ? gate.variable
        : gate.kind === 'range12' && edit.part !== undefined
          ? gate.limbs[edit.part]!
          : undefined;
    if (variable === undefined) return false;
    const holders = gates.map(({ gate }) => gate).filter((g) => variablesOf(g).includes(variable));
    const wired = holders.some(({ kind }) => kind === 'constant');
    return wired && holders.every(({ kind }) => kind === 'constant' || kind === 'range12');
  },
};

const implied: Explanation = {
  name: 'implied',
  why: 'the other gates bound the values, as integers, within what the changed gate is there to say',
  applies(mutant, context) {
    const claims = claimsOf(mutant, context);
    if (claims.some((each) => each.length === 0)) return false;
    return restsOn(mutant, context).every((gates) => {
      const says = boundsOf(gates);
      return claims.every((each) =>
        each.some(({ variable, to }) => isWithin(gates, says, variable, to)),
      );
    });
  },
};

/**
 * The gates that the claims have to follow from. A gate counts if it is loosened; it does not count if it is changed. Limbs that
 * change places have to be 0 in each of both circuits.
 */
function restsOn(mutant: Mutant, { circuit }: Context): (readonly Gate[])[] {
  const all = mutant.system.gates.map(({ gate }) => gate);
  if (loosens(mutant)) return [all];
  if (mutant.edit.kind === 'wires swapped')
    return [all, circuit.system.gates.map(({ gate }) => gate)];
  return [all.filter((_, n) => n !== mutant.gate)];
}

/** A variable with the integers that it may be. */
interface Claim {
  readonly variable: Variable;
  readonly to: Interval;
}

/** For each part of the gate that is changed claims of which any one is all that the part is there for. */
function claimsOf(mutant: Mutant, { circuit, graph }: Context): Claim[][] {
  const { edit, gate: number } = mutant;
  const { gate, origins } = circuit.system.gates[number]!;
  if (gate.kind === 'range64' && edit.kind === 'wires swapped')
    return [[{ variable: gate.limbs[0], to: none }], [{ variable: gate.limbs[1], to: none }]];
  const own = scaledClaim(mutant, circuit.system);
  if (!loosens(mutant)) return [own];
  const inputs = origins.map((origin) => inputClaim(circuit, origin));
  switch (gate.kind) {
    case 'boolean':
      return [[{ variable: gate.variable, to: interval(0n, 1n) }, ...inputs[0]!]];
    case 'constant': {
      const value = centered(gate.value);
      return [[{ variable: gate.variable, to: interval(value, value) }, ...inputs[0]!]];
    }
    case 'range12':
      return gate.limbs.flatMap((variable, part) =>
        edit.part === undefined || edit.part === part
          ? [[{ variable, to: limb }, ...(isLowerDigit(graph, variable) ? [] : inputs[part]!)]]
          : [],
      );
    case 'range64': {
      const whole = { variable: gate.value, to: interval(0n, (1n << 64n) - 1n) };
      return [[...(edit.extension ? [whole] : []), ...inputs[0]!]];
    }
    default:
      return [[...own, ...inputs[0]!]];
  }
}

const none = interval(0n, 0n);

/** 2^k · v of 12 bits says that v < 2^(12−k). */
function scaledClaim({ edit, gate: number }: Mutant, system: ConstraintSystem): Claim[] {
  const { gate } = system.gates[number]!;
  if (gate.kind !== 'linear' || edit.kind === 'constant changed') return [];
  const variable = scaledIn(gate, checksOf(system).whole);
  if (variable === undefined) return [];
  return [{ variable, to: interval(0n, 4095n / largestScale(gate, edit.gate)) }];
}

/** Whatever checks an input says that it fits its format. */
function inputClaim({ program, system }: LoweredProgram, { line, element }: Origin): Claim[] {
  const declaration = program.lines[line]!;
  const input = declaredInput(declaration);
  const port = input && system.ports.find(({ name }) => name === input.name)!;
  return port
    ? [{ variable: port.variables[element]!, to: formatInterval(declaration.type.format) }]
    : [];
}

const limb = interval(0n, 4095n);

const definite: Explanation = {
  name: 'definite',
  why: 'an input is multiplied by a matrix that has no eigenvalue below a constant, and the result is bounded: so is the input, within what the changed gate is there to say',
  applies(mutant, context) {
    if (!loosens(mutant)) return false;
    const { circuit, witness } = context;
    const claims = claimsOf(mutant, context);
    const own = claims.flat().map(({ variable }) => variable);
    const port = circuit.system.ports.find(
      ({ direction, variables }) =>
        direction === 'input' && own.some((variable) => variables.includes(variable)),
    );
    if (!port) return false;
    const gates = mutant.system.gates.map(({ gate }) => gate);
    const graph = graphOf(mutant.system, refill(mutant, witness));
    const bounds = definiteBounds(graph, boundsOf(gates), port.variables);
    return (
      bounds !== undefined &&
      claims.every((each) => each.some(({ variable, to }) => liesIn(bounds, variable, to)))
    );
  },
};

/** True of digits that others are above: were one wider, which of two carries there is would be open. */
function isLowerDigit({ system, stepOf }: Graph, digit: Variable): boolean {
  const step = stepOf[digit];
  return step !== undefined && system.steps[step]!.outputs.at(-1) !== digit;
}

/** c · v of 12 bits says that v ≤ 4095 / c: the larger of what c was and what it is. */
function largestScale(...gates: readonly (Gate | undefined)[]): bigint {
  const scales = gates.flatMap((gate) =>
    gate?.kind === 'linear' ? gate.terms[0]!.coefficient : [],
  );
  return scales.reduce((a, b) => (a > b ? a : b));
}

const carried: Explanation = {
  name: 'carried',
  why: 'the digits have other checks, but what they sum up to is bounded by its equation within the original ones, and nothing else knows the digits: a carry makes them what they were',
  // Digits of an input are its own: which they are must not be open.
  applies(mutant, context) {
    const { edit, gate: number } = mutant;
    const origin = context.circuit.system.gates[number]!.origins[edit.part ?? 0]!;
    const isOfInput = inputClaim(context.circuit, origin).length > 0;
    return loosens(mutant) && !isOfInput && carries(mutant, context);
  },
};

const zero: Explanation = {
  name: 'zero',
  why: 'what is changed is a factor of something that other gates force to be 0',
  applies({ edit, gate: number }, { graph }) {
    const [before, after] = [graph.system.gates[number]!.gate, edit.gate];
    const zeros = zeroProducts(graph);
    const others = graph.system.gates.filter((_, n) => n !== number).map(({ gate }) => gate);
    if (before.kind === 'product' && after?.kind === 'product') {
      const sameOperands = after.left === before.left && after.right === before.right;
      if (!zeros.has(before.out)) return sameOperands && isNeverBoth(others, before);
      // Where the zero rests on this gate itself, it stays a zero only if nothing but the scale changes.
      if (isAssertedZero(graph.system, before.out)) return sameOperands && after.scale !== 0n;
      if (sameOperands) return true;
      if (after.left !== before.left) return false;
      return zeros.has(after.right) || isWithin(others, boundsOf(others), after.right, none);
    }
    if (before.kind !== 'linear' || after?.kind !== 'linear') return false;
    const bounds = boundsOf(others);
    return (
      after.constant === before.constant &&
      after.terms.every(
        ({ coefficient, variable }, i) =>
          coefficient === before.terms[i]!.coefficient ||
          zeros.has(variable) ||
          isWithin(others, bounds, variable, none),
      )
    );
  },
};

const same: Explanation = {
  name: 'same',
  why: 'the other operand is the same linear form of the same variables, by gates that are not changed',
  applies({ edit, gate: number }, { graph }) {
    const [before, after] = [graph.system.gates[number]!.gate, edit.gate];
    if (before.kind !== 'product' || after?.kind !== 'product') return false;
    const isSame = (a: Variable, b: Variable): boolean => {
      const [x, y] = [a, b].map((each) => expand(graph, new Map([[each, 1n]]), () => true));
      return x!.size === y!.size && [...x!].every(([each, weight]) => y!.get(each) === weight);
    };
    return (
      after.scale === before.scale &&
      isSame(after.left, before.left) &&
      isSame(after.right, before.right)
    );
  },
};

const unread: Explanation = {
  name: 'unread',
  why: 'two limbs change places that stand in no other gate: a witness of the one with their values swapped is one of the other',
  applies: ({ edit }) => edit.exchange !== undefined,
};

/** All that is known of mutants that change nothing. */
export const explanations: readonly Explanation[] = [
  implied,
  carried,
  zero,
  same,
  unread,
  definite,
];

/** Why a mutant is equivalent to its original; undefined where nothing proves that. */
export function explain(mutant: Mutant, context: Context): string | undefined {
  return explanations.find((each) => each.applies(mutant, context))?.name;
}
