// Choices between two values that are close where the decision is in doubt: select(x ≥ y, p, q) with p − q = λ (x − y), found
// in the program. Where the integers and the reals decide differently, |x − y| is at most its error, and |p − q| is λ times that.
import { broadcastPositions } from '../ir/shape.ts';
import { fractionOf } from '../ir/format.ts';
import { callOf } from '../program/calls.ts';
import type { Program } from '../ir/program.ts';
import { subtract, type Expression } from '../constraints/expression.ts';
import { productUp, quotientUp, realDown, realUp } from '../numbers/upward.ts';
import { findOp } from '../ops/index.ts';
import type { Accuracy, Tie } from '../ops/op.ts';
import { linearForms, type LinearForms } from './linear-forms.ts';

type AccuracyOf = (line: number) => readonly (readonly Accuracy[])[];
type Ties = readonly (Tie | undefined)[];

/** The ties of a line's elements, given the accuracy of the arguments of earlier lines. */
export function tiesIn(
  program: Program,
): (number: number, accuracyOf: AccuracyOf) => Ties | undefined {
  const decides = program.lines.some(({ op }) => findOp(op).decision?.difference);
  return (number, accuracyOf) =>
    decides && findOp(program.lines[number]!.op).between
      ? tiesOf(program, number, accuracyOf)
      : undefined;
}

function tiesOf(program: Program, number: number, accuracyOf: AccuracyOf): Ties {
  const forms = linearForms(program);
  const { type, op, arguments: args } = program.lines[number]!;
  const [first, second] = findOp(op).between!;
  const operands = [0, first, second].map((each) => args[each]!);
  const positions = operands.map((line) =>
    broadcastPositions(program.lines[line]!.type.shape, type.shape),
  );
  const margins = new Map<number, readonly number[]>();
  return positions[0]!.map((_, position) => {
    const [mask, p, q] = operands.map((line, i) => forms.values[line]![positions[i]![position]!]!);
    const decision = decisionOf(program, forms, mask!);
    if (!decision) return undefined;
    const ratio = ratioOf(subtract(p!, q!), decision.difference);
    if (!ratio) return undefined;
    const line = program.lines[decision.line]!;
    const { margin } = findOp(line.op).decision!;
    if (!margins.has(decision.line))
      margins.set(decision.line, margin(accuracyOf(decision.line), callOf(program, line)));
    const scale = fractionOf(program.lines[line.arguments[0]!]!.type.format);
    const slope = quotientUp(realUp(ratio.numerator, 0), realDown(ratio.denominator, 0));
    return {
      slope: productUp(slope, 2 ** (scale - fractionOf(type.format))),
      margin: margins.get(decision.line)![decision.element]!,
    };
  });
}

interface Decided {
  readonly line: number;
  readonly element: number;
  readonly difference: Expression;
}

/** What a mask decides by: it is the bit of a decision, or 1 less it. */
function decisionOf(
  program: Program,
  { values, atoms }: LinearForms,
  mask: Expression,
): Decided | undefined {
  const [term] = mask.terms;
  if (!term || mask.terms.length > 1) return undefined;
  const isBit = term.coefficient === 1n && mask.constant === 0n;
  const isComplement = term.coefficient === -1n && mask.constant === 1n;
  if (!isBit && !isComplement) return undefined;
  const { line, element } = atoms[term.variable]!;
  const each = program.lines[line]!;
  const args = each.arguments.map((argument) => values[argument]!);
  const differences = findOp(each.op).decision?.difference?.(args, callOf(program, each));
  return differences && { line, element, difference: differences[element]! };
}

interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** λ with a = λ b, denominator positive; undefined where there is none. */
function ratioOf(a: Expression, b: Expression): Ratio | undefined {
  const [term] = b.terms;
  if (!term) return undefined;
  const own = a.terms.find(({ variable }) => variable === term.variable)?.coefficient ?? 0n;
  // own · b − coefficient · a is 0 in every term.
  const cross = new Map<number, bigint>();
  const addTerms = (e: Expression, factor: bigint): void => {
    for (const { variable, coefficient } of e.terms)
      cross.set(variable, (cross.get(variable) ?? 0n) + factor * coefficient);
  };
  addTerms(b, own);
  addTerms(a, -term.coefficient);
  const same = own * b.constant === term.coefficient * a.constant;
  if (!same || [...cross.values()].some((left) => left !== 0n)) return undefined;
  const sign = term.coefficient < 0n ? -1n : 1n;
  return { numerator: sign * own, denominator: sign * term.coefficient };
}
