// drop-dead: removes lines that no effect depends on. Inputs stay: they are the statement's. So do lines that assert
// something besides their value, a rescale that its argument fits, unless an earlier line says the same.
//
//   before            circuit example
//                       secret x : q8.0[2]
//                       %1 = mul x x : q16.0[2]
//                       %2 = add x x : q9.0[2]
//                       expose %2 name="y"
//   after             circuit example
//                       secret x : q8.0[2]
//                       %1 = add x x : q9.0[2]
//                       expose %1 name="y"
//   requires          a verified program
//   ensures           the same inputs, outputs and assertions
import { withLines, type Line, type Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import { speaks } from '../ops/op.ts';
import { firstEqual } from './equal-lines.ts';

export function dropDead(program: Program): Program {
  const first = firstEqual(program.lines);
  const alive = new Set<number>();
  for (let number = program.lines.length - 1; number >= 0; number--) {
    const line = program.lines[number]!;
    const op = findOp(line.op);
    const says = speaks(op) && first[number] === number;
    if (!says && !op.port?.input && !alive.has(number)) continue;
    alive.add(number);
    line.arguments.forEach((argument) => alive.add(argument));
  }
  const renamed = new Map<number, number>();
  const lines: Line[] = [];
  program.lines.forEach((line, number) => {
    if (!alive.has(number)) return;
    renamed.set(number, lines.length);
    const args = line.arguments.map((argument) => renamed.get(argument)!);
    const same = args.every((argument, i) => argument === line.arguments[i]);
    lines.push(same ? line : { ...line, arguments: args });
  });
  return withLines(program, lines);
}
