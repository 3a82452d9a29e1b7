// share-common: one line for equal operations on equal arguments. Advice is not shared: a choice made twice may
// differ. The lines left over are dead.
//
//   before            circuit example
//                       secret x : q8.0[2]
//                       %1 = add x x : q9.0[2]
//                       %2 = add x x : q9.0[2]
//                       %3 = mul %1 %2 : q18.0[2]
//                       expose %3 name="y"
//   after             circuit example
//                       secret x : q8.0[2]
//                       %1 = add x x : q9.0[2]
//                       %2 = add x x : q9.0[2]
//                       %3 = mul %1 %1 : q18.0[2]
//                       expose %3 name="y"
//   requires          a verified program
//   ensures           the same values on every line
import { withLines, type Line, type Program } from '../ir/program.ts';
import { firstEqual } from './equal-lines.ts';

export function shareCommon(program: Program): Program {
  const first = firstEqual(program.lines);
  const lines = program.lines.map((line): Line => {
    const args = line.arguments.map((argument) => first[argument]!);
    const same = args.every((argument, i) => argument === line.arguments[i]);
    return same ? line : { ...line, arguments: args };
  });
  return withLines(program, lines);
}
