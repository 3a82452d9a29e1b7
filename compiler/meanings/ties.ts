// Choices between two values that are equal where the decision is in doubt: select(d ≥ 0, p, q) with p − q = λ d, found in the
// program. Then the choice has the error of p or of q, whichever is larger, also where the integers decide otherwise than the reals.
//
//   p, q and d are affine in the atoms (linear-forms.ts), in integers and in the reals. Let u be the atoms of the one and v those of the
//   other, with d(u) ≥ 0 > d(v). On the segment from u to v there is a point w with d(w) = 0, a part s of the way, and p(w) = q(w). So
//
//     |p(u) − q(v)| ≤ |p(u) − p(w)| + |q(w) − q(v)| = s |p(u) − p(v)| + (1 − s) |q(u) − q(v)| ≤ max(e_p, e_q)
//
//   The choice by d = 0 is q everywhere.
import { broadcastPositions } from '../ir/shape.ts';
import { callOf } from '../program/calls.ts';
import type { Program } from '../ir/program.ts';
import { subtract, type Expression } from '../constraints/expression.ts';
import { findOp } from '../ops/index.ts';
import { linearForms, type LinearForms } from './linear-forms.ts';

/** For a line that chooses, by element: whether its two values are equal at the tie. Undefined for other lines. */
export function meetsIn(program: Program): (number: number) => readonly boolean[] | undefined {
  const decides = program.lines.some(({ op }) => findOp(op).decision?.difference);
  return (number) =>
    decides && findOp(program.lines[number]!.op).between ? meetsOf(program, number) : undefined;
}

function meetsOf(program: Program, number: number): boolean[] {
  const forms = linearForms(program);
  const { type, op, arguments: args } = program.lines[number]!;
  const operands = [0, ...findOp(op).between!].map((each) => args[each]!);
  const positions = operands.map((line) =>
    broadcastPositions(program.lines[line]!.type.shape, type.shape),
  );
  return positions[0]!.map((_, position) => {
    const [mask, p, q] = operands.map((line, i) => forms.values[line]![positions[i]![position]!]!);
    const difference = differenceOf(program, forms, mask!);
    return difference !== undefined && isMultiple(subtract(p!, q!), difference);
  });
}

/** The difference that a mask decides by: the mask is the bit of a decision, or 1 less it. */
function differenceOf(
  program: Program,
  { values, atoms }: LinearForms,
  mask: Expression,
): Expression | undefined {
  const [term] = mask.terms;
  if (!term || mask.terms.length > 1) return undefined;
  const isBit = term.coefficient === 1n && mask.constant === 0n;
  const isComplement = term.coefficient === -1n && mask.constant === 1n;
  if (!isBit && !isComplement) return undefined;
  const { line, element } = atoms[term.variable]!;
  const each = program.lines[line]!;
  const args = each.arguments.map((argument) => values[argument]!);
  return findOp(each.op).decision?.difference?.(args, callOf(program, each))[element];
}

/** Whether a = λ b for a constant λ. */
function isMultiple(a: Expression, b: Expression): boolean {
  const [term] = b.terms;
  if (!term) return false;
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
  return same && [...cross.values()].every((left) => left === 0n);
}
