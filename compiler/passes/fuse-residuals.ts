// fuse-residuals: bounds of a sum of products and of what is added to it, as one line, where lanes can check several such
// residuals at a time, for fewer rows than the sum alone takes in lanes, and nothing else needs it, nor the value that the
// assertion gives back (ops/assert-residual.ts). `pack-lanes` says how many.
//
//   before            circuit example
//                       secret m : q12.4[6,4]
//                       secret v : q12.4[4]
//                       secret x : q24.8[6]
//                       %3 = contract m v subscripts="ij,j->i" : q26.8[6]
//                       %4 = sub %3 x : q27.8[6]
//                       %5 = assert-within %4 low=-8 high=7 : q27.8[6]
//   after             circuit example
//                       secret m : q12.4[6,4]
//                       secret v : q12.4[4]
//                       secret x : q24.8[6]
//                       %3 = scale x factor=-1 fraction=8 : q25.8[6]
//                       assert-residual %3 m v subscripts="ij,j->i" low=-8 high=7
//   requires          a verified program
//   ensures           the same assertions, and the same values on the lines that stay
import { analyzeRanges, rangesOf } from '../meanings/range.ts';
import type { SourceLine } from '../diagnostics/diagnostic.ts';
import { callOf } from '../program/calls.ts';
import { fractionOf, numeric, widestBits } from '../ir/format.ts';
import { withLines, type Attributes, type Line, type Program } from '../ir/program.ts';
import { sameShape } from '../ir/shape.ts';
import type { Intervals } from '../numbers/interval.ts';
import { findOp } from '../ops/index.ts';
import type { Call } from '../ops/op.ts';
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
  const asserting = program.lines.some(({ op }) => findOp(op).sum?.bounds);
  const multiplying = program.lines.some(({ op }) => findOp(op).sum?.residual);
  if (!asserting || !multiplying) return program;
  const uses = countUses(program);
  const ranges = analyzeRanges(program);
  const draft = new Draft(program);
  const renamed: number[] = [];
  program.lines.forEach((line, number) => {
    const { length } = draft.lines;
    renamed.push(length);
    if (uses[number] === 0 && fused(line)) return;
    draft.cut(length);
    const args = line.arguments.map((argument) => renamed[argument]!);
    const same = args.every((argument, i) => argument === line.arguments[i]);
    draft.push(same ? line : { ...line, arguments: args }, ranges[number]!);
  });
  return dropDead(withLines(program, draft.lines));

  /** Whether the draft ends with what stands in place of the line. */
  function fused(line: Line): boolean {
    const bounds = findOp(line.op).sum?.bounds?.(line.attributes);
    const split = bounds && splitSum(line.arguments[0]!, 1);
    if (!bounds || !split || split.rest.length === 0) return false;
    // Parts of the sum, and their negatives, have a few bits more than the whole at most.
    const { bits } = numeric(program.lines[line.arguments[0]!]!.type.format)!;
    if (bits + 4 > widestBits) return false;
    const rest = sumOf(split.rest, line);
    const products = program.lines[split.products]!;
    if (!sameShape(draft.lines[rest]!.type.shape, products.type.shape)) return false;
    const args = [rest, ...products.arguments.map((argument) => renamed[argument]!)];
    const op = findOp(products.op).sum!.residual!;
    const together = draft.append(op, args, { ...products.attributes, ...bounds }, line);
    // Lanes that are as wide as what is added may be fewer than the sum has by itself.
    return draft.savedByLanes(together) > draft.savedByLanes(renamed[split.products]!);
  }

  /** The number of the last line of the sum. */
  function sumOf([first, ...others]: readonly Term[], { where }: Line): number {
    const to = renamed[first!.value]!;
    const fraction = fractionOf(draft.lines[to]!.type.format);
    const start =
      first!.sign === 1 ? to : draft.append('scale', [to], { factor: -1n, fraction }, { where });
    return others.reduce(
      (sum, { sign, value }) =>
        draft.append(sign === 1 ? 'add' : 'sub', [sum, renamed[value]!], {}, { where }),
      start,
    );
  }

  /** Through sums that are used once, to the only line with a residual among their terms. */
  function splitSum(value: number, sign: 1 | -1): Split | undefined {
    if (uses[value]! > 1) return undefined;
    const line = program.lines[value]!;
    const { residual, signs } = findOp(line.op).sum ?? {};
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

/** Lines as they are written, with what is known of their values. */
class Draft {
  readonly lines: Line[] = [];
  readonly #ranges: Intervals[] = [];

  constructor(private readonly program: Program) {}

  push(line: Line, range: Intervals): number {
    this.#ranges.push(range);
    return this.lines.push(line) - 1;
  }

  /** Types a line of the author's line `where`. */
  append(
    op: string,
    args: readonly number[],
    attributes: Attributes,
    { where }: { readonly where?: SourceLine | undefined },
  ): number {
    const record = findOp(op);
    const type = record.type(
      args.map((argument) => this.lines[argument]!.type),
      attributes,
    );
    const line: Line = { op, arguments: args, attributes, type, ...(where ? { where } : {}) };
    const known = args.map((argument) => this.#ranges[argument]!);
    return this.push(line, record.range(known, this.#call(line)));
  }

  /** Takes back all but the first lines. */
  cut(length: number): void {
    this.lines.length = length;
    this.#ranges.length = length;
  }

  /** What lanes save of the line. */
  savedByLanes(number: number): number {
    const line = this.lines[number]!;
    const ranges = rangesOf(this, number, this.#ranges);
    return findOp(line.op).sum?.inLanes?.(this.#call(line), ranges)?.saved ?? 0;
  }

  #call(line: Line): Call {
    return callOf({ ...this.program, lines: this.lines }, line);
  }
}

function countUses({ lines }: Program): number[] {
  const uses = lines.map(() => 0);
  for (const line of lines) line.arguments.forEach((argument) => uses[argument]!++);
  return uses;
}
