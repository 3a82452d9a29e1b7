// fuse-residuals: bounds of a sum of products and of what is added to it, as one line, where lanes can check several such
// residuals at a time and nothing else needs the sum (ops/assert-residual.ts). `pack-lanes` says how many.
//
//   before            circuit example
//                       secret m : q12.4[6,4]
//                       secret v : q12.4[4]
//                       secret x : q24.8[6]
//                       %3 = contract m v subscripts="ij,j->i" : q26.8[6]
//                       %4 = sub %3 x : q27.8[6]
//                       assert-within %4 low=-8 high=7
//   after             circuit example
//                       secret m : q12.4[6,4]
//                       secret v : q12.4[4]
//                       secret x : q24.8[6]
//                       %3 = scale x factor=-1 fraction=8 : q25.8[6]
//                       assert-residual %3 m v subscripts="ij,j->i" low=-8 high=7
//   requires          a verified program
//   ensures           the same assertions, and the same values on the lines that stay
import { analyzeRanges } from '../analyses/range.ts';
import { fractionOf } from '../ir/format.ts';
import { withLines, type Attributes, type Line, type Program } from '../ir/program.ts';
import { sameShape } from '../ir/shape.ts';
import type { Intervals } from '../numbers/interval.ts';
import { findOp } from '../ops/index.ts';
import { dropDead } from './drop-dead.ts';

interface Term {
  readonly sign: 1 | -1;
  readonly value: number;
}

/** A sum that one of its terms, a line with a residual, is taken out of. */
interface Split {
  readonly products: number;
  readonly rest: readonly Term[];
}

export function fuseResiduals(program: Program): Program {
  const asserting = program.lines.some(({ op }) => findOp(op).bounds);
  const multiplying = program.lines.some(({ op }) => findOp(op).residual);
  if (!asserting || !multiplying) return program;
  const uses = countUses(program);
  const ranges = [...analyzeRanges(program)];
  const renamed: number[] = [];
  const lines: Line[] = [];
  const intervals: Intervals[] = [];
  program.lines.forEach((line, number) => {
    const args = line.arguments.map((argument) => renamed[argument]!);
    const same = args.every((argument, i) => argument === line.arguments[i]);
    renamed.push(lines.length);
    const fused = fusedLines(line);
    if (fused) return fused.forEach(([each, range]) => push(each, range));
    push(same ? line : { ...line, arguments: args }, ranges[number]!);
  });
  return dropDead(withLines(program, lines));

  function push(line: Line, range: Intervals): void {
    lines.push(line);
    intervals.push(range);
  }

  /** The lines in place of an assertion, with what is known of their values; undefined where it stays. */
  function fusedLines(line: Line): [Line, Intervals][] | undefined {
    const bounds = findOp(line.op).bounds?.(line.attributes);
    const split = bounds && splitSum(line.arguments[0]!, 1);
    const [first, ...others] = split?.rest ?? [];
    if (!bounds || !split || !first) return undefined;
    const own: [Line, Intervals][] = [];
    const typeOf = (value: number) => (lines[value] ?? own[value - lines.length]![0]).type;
    const rangeOf = (value: number) => intervals[value] ?? own[value - lines.length]![1];
    const append = (op: string, args: readonly number[], attributes: Attributes): number => {
      const record = findOp(op);
      const type = record.type(args.map(typeOf), attributes);
      const made: Line = {
        op,
        arguments: args,
        attributes,
        type,
        ...(line.where ? { where: line.where } : {}),
      };
      const call = { attributes, arguments: args.map(typeOf), result: type, operands: args };
      return lines.length + own.push([made, [...record.range(args.map(rangeOf), call)]]) - 1;
    };
    const signed = ({ sign, value }: Term): number => {
      const to = renamed[value]!;
      if (sign === 1) return to;
      return append('scale', [to], { factor: -1n, fraction: fractionOf(typeOf(to).format) });
    };
    const rest = others.reduce(
      (sum, { sign, value }) => append(sign === 1 ? 'add' : 'sub', [sum, renamed[value]!], {}),
      signed(first),
    );
    const products = program.lines[split.products]!;
    if (!sameShape(typeOf(rest).shape, products.type.shape)) return undefined;
    const args = [rest, ...products.arguments.map((argument) => renamed[argument]!)];
    append(findOp(products.op).residual!, args, { ...products.attributes, ...bounds });
    const [last] = own.at(-1)!;
    const call = {
      attributes: last.attributes,
      arguments: last.arguments.map(typeOf),
      result: last.type,
      operands: last.arguments,
    };
    const known = { arguments: last.arguments.map(rangeOf), result: [] };
    return findOp(last.op).inLanes?.(call, known) ? own : undefined;
  }

  /** Through sums that are used once, to the only line with a residual among their terms. */
  function splitSum(value: number, sign: 1 | -1): Split | undefined {
    if (uses[value]! > 1) return undefined;
    const line = program.lines[value]!;
    const { residual, signs } = findOp(line.op);
    if (residual) return sign === 1 ? { products: value, rest: [] } : undefined;
    if (!signs) return undefined;
    for (const [i, argument] of line.arguments.entries()) {
      if (!sameShape(program.lines[argument]!.type.shape, line.type.shape)) continue;
      const inner = splitSum(argument, (sign * signs[i]!) as 1 | -1);
      if (!inner) continue;
      const rest = line.arguments.flatMap((other, j): Term[] =>
        j === i ? [] : [{ sign: (sign * signs[j]!) as 1 | -1, value: other }],
      );
      return { ...inner, rest: [...inner.rest, ...rest] };
    }
    return undefined;
  }
}

function countUses({ lines }: Program): number[] {
  const uses = lines.map(() => 0);
  for (const line of lines) line.arguments.forEach((argument) => uses[argument]!++);
  return uses;
}
