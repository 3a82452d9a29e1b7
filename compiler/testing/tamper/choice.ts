// The values that a prover chooses, element by element, and how one is written into the digits that hold it.
import type { Variable } from '../../constraints/expression.ts';
import { callOf } from '../../program/calls.ts';
import { formatInterval, fractionOf } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { canonical, centered } from '../../numbers/field.ts';
import type { Interval } from '../../numbers/interval.ts';
import { findOp } from '../../ops/index.ts';
import { domainOf, valueOf } from './domain.ts';
import { gradient } from './gradient.ts';
import type { Graph } from './graph.ts';
import { valuesOf } from './meaning.ts';
import type { Overrides } from './resolver.ts';

/** One element of a line that is chosen: constant + Σ weight · digit. */
export interface Choice {
  readonly line: number;
  readonly element: number;
  /** Whether its line declares a relation. */
  readonly declared: boolean;
  readonly honest: bigint;
  readonly constant: bigint;
  /** The heaviest first. */
  readonly digits: readonly { readonly variable: Variable; readonly weight: bigint }[];
  readonly format: Interval;
  readonly fraction: number;
}

/** Elements that no advice of their own line holds are left out. */
export function choicesOf(
  circuit: LoweredProgram,
  graph: Graph,
  honest: readonly bigint[],
): Choice[] {
  const { program, values } = circuit;
  const integers = valuesOf(circuit, honest);
  return program.lines.flatMap((each, line): Choice[] => {
    const { choice } = findOp(each.op);
    if (!choice) return [];
    const declared = choice.relation(callOf(program, each)) !== undefined;
    const { format } = each.type;
    return values[line]!.flatMap((form, element): Choice[] => {
      const terms = form.terms.map(({ variable, coefficient }) => [variable, coefficient] as const);
      const { free } = gradient(graph, honest, new Map(terms), () => false);
      const digits = [...free]
        .filter(([variable]) => isAdviceOf(graph, variable, line))
        .map(([variable, weight]) => ({ variable, weight: centered(weight) }))
        .sort((a, b) => Number(b.weight > a.weight) - Number(b.weight < a.weight));
      if (digits.length === 0 || digits.some(({ weight }) => weight <= 0n)) return [];
      const integer = integers[line]![element]!;
      const constant = digits.reduce((c, d) => c - d.weight * honest[d.variable]!, integer);
      const own = { line, element, declared, honest: integer, constant, digits };
      return [{ ...own, format: formatInterval(format), fraction: fractionOf(format) }];
    });
  });
}

const isAdviceOf = ({ stepOf, system }: Graph, variable: Variable, line: number): boolean => {
  const step = system.steps[stepOf[variable]!]!;
  return step.advice && step.origin.line === line;
};

/** Undefined where the digits cannot hold the value. The heaviest digit keeps what is too much for it. */
export function writing({ constant, digits }: Choice, value: bigint): Overrides | undefined {
  let rest = value - constant;
  const written = new Map<Variable, bigint>();
  for (const { variable, weight } of digits) {
    const digit = rest / weight - (rest % weight < 0n ? 1n : 0n);
    rest -= digit * weight;
    written.set(variable, canonical(digit));
  }
  return rest === 0n ? written : undefined;
}

/** The same within the checks of the digits, which may be fractions. Undefined where these cannot hold the value. */
export function writingWithin(
  graph: Graph,
  { constant, digits }: Choice,
  value: bigint,
): Overrides | undefined {
  const checked = digits.map((digit) => ({ ...digit, domain: domainOf(graph, digit.variable) }));
  const finest = Math.max(...checked.map(({ domain }) => domain?.fraction ?? 0));
  let rest = (value - constant) << BigInt(finest);
  const written = new Map<Variable, bigint>();
  for (const { variable, weight, domain } of checked) {
    if (!domain) return undefined;
    const unit = weight << BigInt(finest - domain.fraction);
    const wanted = rest > 0n ? rest / unit : 0n;
    const steps = wanted < domain.most ? wanted : domain.most;
    rest -= steps * unit;
    written.set(variable, valueOf(domain, steps));
  }
  return rest === 0n ? written : undefined;
}
