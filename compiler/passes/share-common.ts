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
import { withLines, type Attribute, type Line, type Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';

export function shareCommon(program: Program): Program {
  const first = new Map<string, number>();
  const renamed: number[] = [];
  const lines = program.lines.map((line, number): Line => {
    const args = line.arguments.map((argument) => renamed[argument]!);
    const same = args.every((argument, i) => argument === line.arguments[i]);
    const result = same ? line : { ...line, arguments: args };
    const op = findOp(line.op);
    const key = op.effect || op.port?.input || op.choice ? undefined : keyOf(result);
    renamed.push((key === undefined ? undefined : first.get(key)) ?? number);
    if (key !== undefined && !first.has(key)) first.set(key, number);
    return result;
  });
  return withLines(program, lines);
}

function keyOf({ op, arguments: args, attributes }: Line): string {
  const { notes = [] } = findOp(op);
  const plain = (key: string, value: Attribute): Attribute | undefined =>
    notes.includes(key) ? undefined : typeof value === 'bigint' ? `${value}n` : value;
  return `${op} ${args.join(' ')} ${JSON.stringify(attributes, plain)}`;
}
