// Decides whether the constraints keep a chosen value near its hint. It reads the hint's code, and believes nothing else about the hint.
import { fractionOf } from '../../../ir/format.ts';
import type { LoweredProgram } from '../../../meanings/circuit.ts';
import type { ErrorBounds } from '../../../meanings/error.ts';
import { isLetheError } from '../../../diagnostics/diagnostic.ts';
import { realUp, sumUp } from '../../../numbers/upward.ts';
import type { Facts, Symbol } from '../facts.ts';
import { expand } from '../polynomial.ts';
import type { ExpandedForm } from '../spread.ts';
import { casesOf } from './cases.ts';
import { distanceTo, guardBits } from './distance.ts';
import { readHint, Unreadable, type Formula } from './formula.ts';
import { Known } from './inequalities.ts';
import { movementOf } from './movement.ts';
import { isReadRight } from './read-right.ts';
import { constantOf, fraction, type Value } from './values.ts';

/** The facts that a proof about a line rests on. */
export interface Context {
  readonly circuit: LoweredProgram;
  readonly facts: Facts;
  readonly forms: readonly ExpandedForm[];
  readonly errors: ErrorBounds;
}

/** An upper bound of the distance of every accepted value from its hint, in real units; or the reason why none is known. */
export type Nearness = { readonly distance: number } | { readonly why: string };

export function nearHint(hint: string, line: number, context: Context): Nearness {
  try {
    const formula = readHint(hint, context.circuit.program.lines[line]!.arguments.length);
    if (!isReadRight(formula, hint, line, context.circuit))
      return { why: 'its code gives other values than its text says' };
    const { facts, circuit } = context;
    const formsOf = bySymbol(context.forms);
    let farthest = 0;
    for (const element of facts.values[line]!.keys()) {
      const own = ofElement(formula, line, element, context, formsOf);
      if (own === undefined) {
        const { type } = circuit.program.lines[line]!;
        const place = type.shape.length === 0 ? '' : `, of element ${element} for one`;
        return { why: `the assertions do not keep the value near what its code computes${place}` };
      }
      farthest = Math.max(farthest, own);
    }
    return { distance: farthest };
  } catch (error) {
    if (error instanceof Unreadable) return { why: `its code ${error.message}` };
    if (isLetheError(error)) return { why: 'no module that was loaded defines it' };
    throw error;
  }
}

type FormsOf = ReadonlyMap<Symbol, readonly ExpandedForm[]>;

function bySymbol(forms: readonly ExpandedForm[]): FormsOf {
  const found = new Map<Symbol, ExpandedForm[]>();
  for (const form of forms)
    for (const symbol of form.symbols) {
      const own = found.get(symbol);
      if (own) own.push(form);
      else found.set(symbol, [form]);
    }
  return found;
}

function ofElement(
  formula: Formula,
  line: number,
  element: number,
  { circuit, facts, errors }: Context,
  formsOf: FormsOf,
): number | undefined {
  const { lines } = circuit.program;
  const symbol = symbolOf(facts, line, element);
  if (symbol === undefined) return undefined;
  const args = lines[line]!.arguments;
  const values = args.map((_, argument): Value => {
    const number = args[argument]!;
    const expression = facts.values[number]![element];
    const polynomial = expression && expand(expression, facts);
    if (!polynomial) throw new Unreadable('reads an argument of another shape, or too large a sum');
    return fraction(polynomial, constantOf(1n << BigInt(fractionOf(lines[number]!.type.format))));
  });
  const related = new Set([symbol]);
  for (const { numerator } of values)
    for (const { symbols } of numerator.values()) for (const each of symbols) related.add(each);
  const touching = new Set([...related].flatMap((each) => formsOf.get(each) ?? []));
  const near = [...touching].filter(({ symbols }) => [...symbols].every((s) => related.has(s)));
  const said = near.map(({ polynomial, interval: { low, high } }) => ({
    polynomial,
    from: low,
    to: high,
  }));
  const known = new Known(facts.intervals, said);
  const format = fractionOf(lines[line]!.type.format);
  const chosen = {
    symbol,
    fraction: format,
    interval: facts.intervals[symbol],
    forms: near.filter(({ symbols }) => symbols.has(symbol)),
  };
  const distance = distanceTo(
    casesOf(formula, known, (argument) => values[argument]!),
    chosen,
    known,
  );
  if (distance === undefined) return undefined;
  const accuracies = args.map((number) => ({
    interval: circuit.ranges[number]![element]!,
    error: errors[number]![element]!,
    fraction: fractionOf(lines[number]!.type.format),
  }));
  return sumUp(realUp(distance, format + guardBits), movementOf(formula, accuracies));
}

/** The symbol that the element is. */
function symbolOf(facts: Facts, line: number, element: number): Symbol | undefined {
  const { terms, constant } = facts.values[line]![element]!;
  const [only] = terms;
  return terms.length === 1 && only!.coefficient === 1n && constant === 0n
    ? only!.variable
    : undefined;
}
