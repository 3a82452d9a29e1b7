// pack-lanes: sums of products with one vector, several at a time in one field element (ops/shared/lanes.ts), where the
// intervals say that none can overflow into the next, and a count of rows that it costs fewer. The operand whose rows are
// packed comes first.
//
//   before            circuit example
//                       secret m : q12.0[6,6]
//                       secret v : q12.0[6]
//                       %2 = contract v m subscripts="j,ij->i" : q26.0[6]
//                       expose %2 name="y"
//   after             circuit example
//                       secret m : q12.0[6,6]
//                       secret v : q12.0[6]
//                       %2 = contract m v subscripts="ij,j->i" lanes=6 : q26.0[6]
//                       expose %2 name="y"
//   requires          a verified program
//   ensures           the same values on every line, in no more rows
import { analyzeRanges, rangesOf } from '../meanings/range.ts';
import { callOf } from '../program/calls.ts';
import { withLines, type Line, type Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';

export function packLanes(program: Program): Program {
  const ranges = analyzeRanges(program);
  const lines = program.lines.map((line, number): Line => {
    const own = rangesOf(program, number, ranges);
    const packed = findOp(line.op).sum?.inLanes?.(callOf(program, line), own);
    return packed ? { ...line, arguments: packed.operands, attributes: packed.attributes } : line;
  });
  return withLines(program, lines);
}
