// Digits Y = Σ 2^(12 i) · d_i whose checks were loosened: an equation c · Y + rest = 0 may bound Y all the same.
import type { Variable } from '../../constraints/expression.ts';
import { variablesOf } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import { modulus } from '../../numbers/field.ts';
import {
  bitLength,
  interval,
  magnitude,
  scaled,
  sum,
  type Interval,
} from '../../numbers/interval.ts';
import { domainOf, type Domain } from '../tamper/domain.ts';
import { graphOf, type Graph } from '../tamper/graph.ts';
import { boundsOf } from './bounds.ts';
import type { Bounds } from './tighten.ts';
import type { Context } from './context.ts';
import { refill, type Mutant } from './edit.ts';
import { checksOf, scaledIn } from './range-edits.ts';
import { equation, expand, one, type Form } from './form.ts';

/** True where in the mutant Y is an integer within the original checks of its digits. */
export function carries(mutant: Mutant, { graph: before, witness }: Context): boolean {
  const digit = loosenedDigit(mutant, before.system);
  if (digit === undefined) return false;
  const after = graphOf(mutant.system, refill(mutant, witness));
  const bounds = boundsOf(mutant.system.gates.map(({ gate }) => gate));
  return equationsOf(before, digit).some((form) => boundsSum(form, digit));

  function boundsSum(form: Form, loosened: Variable): boolean {
    const digits = groupOf(before, form, loosened);
    const weight = digits && form.get(digits[0]!);
    if (!digits || weight === undefined) return false;
    const domains = digits.map((each) => domainOf(after, each));
    if (!domains.every((domain): domain is Domain => domain !== undefined)) return false;
    // A fraction j / 2^f times 2^(12 i) is an integer for i > 0; for i = 0 the equation must say so.
    if (domains[0]!.fraction > 0 && weight !== 1n && weight !== -1n) return false;
    const rest = restOf(form, digits, bounds);
    const most = sizeOfDigits(domains);
    const size = weight < 0n ? -weight : weight;
    if (!rest || (size * most + magnitude(rest)) << 12n >= modulus >> 1n) return false;
    const total = scaled(rest, weight < 0n ? 1n : -1n);
    const original = digits.map((each) => domainOf(before, each)!.most);
    const limit = original.reduce((all, each, i) => all + (each << BigInt(12 * i)), 0n);
    // As the digits are not negative, neither is Y.
    return total.high < (limit + 1n) * size;
  }
}

const sizeOfDigits = (domains: readonly Domain[]): bigint =>
  domains.reduce((all, { most }, i) => all + (most << BigInt(12 * i)), 0n);

/** The digit whose check a mutant loosens. */
function loosenedDigit(
  { edit, gate: number }: Mutant,
  system: ConstraintSystem,
): Variable | undefined {
  const { gate } = system.gates[number]!;
  if (gate.kind === 'range12' && edit.part !== undefined) return gate.limbs[edit.part];
  return gate.kind === 'linear' ? scaledIn(gate, checksOf(system).whole) : undefined;
}

/** The equations that the digit stands in, with partial sums put in. */
function equationsOf(graph: Graph, digit: Variable): Form[] {
  const sums = new Set([digit]);
  return graph.system.gates.flatMap(({ gate }) => {
    if (gate.kind !== 'linear' || !variablesOf(gate).some((each) => sums.has(each))) return [];
    if (graph.definitions[gate.out] !== gate)
      return [expand(graph, equation(gate), (variable) => sums.has(variable))];
    sums.add(gate.out);
    return [];
  });
}

/** The digits of the step that fills `digit` in, lowest first, where the form has them with weights 2^(12 i). */
function groupOf(graph: Graph, form: Form, digit: Variable): Variable[] | undefined {
  const step = graph.stepOf[digit];
  if (step === undefined) return undefined;
  const { outputs } = graph.system.steps[step]!;
  const at = outputs.indexOf(digit);
  const weightOf = (i: number): bigint => form.get(outputs[i]!) ?? 0n;
  let [first, last] = [at, at];
  while (first > 0 && weightOf(first - 1) * 4096n === weightOf(first)) first--;
  while (last + 1 < outputs.length && weightOf(last) * 4096n === weightOf(last + 1)) last++;
  return weightOf(at) === 0n ? undefined : outputs.slice(first, last + 1);
}

/** What the other terms sum up to; undefined where one of them has no bounds. */
function restOf(form: Form, digits: readonly Variable[], bounds: Bounds): Interval | undefined {
  let total = interval(form.get(one) ?? 0n, form.get(one) ?? 0n);
  for (const [variable, coefficient] of form) {
    if (variable === one || digits.includes(variable)) continue;
    const known = bounds.get(variable);
    if (!known || bitLength(magnitude(interval(coefficient, coefficient))) > 250) return undefined;
    total = sum(total, scaled(known, coefficient));
  }
  return total;
}
