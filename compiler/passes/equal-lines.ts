// Lines that are equal operations on equal arguments.
import type { Attribute, Line } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';

/** For each line the first one that it equals, or itself. Effects, inputs and choices equal no other line. */
export function firstEqual(lines: readonly Line[]): readonly number[] {
  const known = new Map<string, number>();
  const first: number[] = [];
  lines.forEach((line, number) => {
    const op = findOp(line.op);
    const key =
      op.effect || op.port?.input || op.choice
        ? undefined
        : keyOf(
            line,
            line.arguments.map((argument) => first[argument]!),
          );
    first.push((key === undefined ? undefined : known.get(key)) ?? number);
    if (key !== undefined && !known.has(key)) known.set(key, number);
  });
  return first;
}

function keyOf({ op, attributes }: Line, args: readonly number[]): string {
  const { notes = [] } = findOp(op);
  const plain = (key: string, value: Attribute): Attribute | undefined =>
    notes.includes(key) ? undefined : typeof value === 'bigint' ? `${value}n` : value;
  return `${op} ${args.join(' ')} ${JSON.stringify(attributes, plain)}`;
}
