// Sums, products and selections: exact in the field as long as no interval reaches p/2.
import {
  axesOf,
  broadcastElement,
  declare,
  elementwise,
  indexOf,
  noirOp,
  type NoirLine,
  type NoirOp,
} from '../line.ts';
import { element, literal, loops, type Axis } from '../text.ts';

/** The result from the operands' elements, broadcast. */
const zip =
  (expression: (...operands: string[]) => string): NoirOp =>
  (line) =>
    elementwise(line, (index) =>
      expression(...line.arguments.map((x) => broadcastElement(x, line.result.type, index))),
    );

export const add = zip((a, b) => `${a} + ${b}`);
export const sub = zip((a, b) => `${a} - ${b}`);
export const mul = zip((a, b) => `${a} * ${b}`);

/** A mask is 0 or 1 by its format. */
export const select = zip((mask, a, b) => `${mask} * (${a} - ${b}) + ${b}`);

export const scale = noirOp<{ factor: bigint }>((line) =>
  elementwise(
    line,
    (index) => `${literal(line.attributes.factor)} * ${element(line.arguments[0]!.name, index)}`,
  ),
);

/** Σ over the axes `summed`, for every element of the result, whose axes are `outer`. */
function sums(
  line: NoirLine,
  outer: readonly Axis[],
  summed: readonly Axis[],
  term: string,
): string[] {
  const { name } = line.result;
  const at = element(name, indexOf(outer));
  if (outer.length === 0)
    return [`let mut ${name}: Field = 0;`, ...loops(summed, [`${name} += ${term};`])];
  if (summed.length === 0) return [declare(line.result), ...loops(outer, [`${at} = ${term};`])];
  const sum = line.free('sum');
  return [
    declare(line.result),
    ...loops(outer, [
      `let mut ${sum}: Field = 0;`,
      ...loops(summed, [`${sum} += ${term};`]),
      `${at} = ${sum};`,
    ]),
  ];
}

/** The letters of the subscripts are the names of the indices. */
export const contract = noirOp<{ subscripts: string }>((line) => {
  const [a, b] = [line.arguments[0]!, line.arguments[1]!];
  const { subscripts } = line.attributes;
  const [left, right, out] = subscripts.split(/,|->/) as [string, string, string];
  const lengths = new Map(
    [...left, ...right].map((letter, i) => [letter, [...a.type.shape, ...b.type.shape][i]!]),
  );
  const axes = (letters: Iterable<string>): Axis[] =>
    [...letters].map((letter) => ({ name: line.free(letter), length: lengths.get(letter)! }));
  const summed = [...lengths.keys()].filter((letter) => !out.includes(letter));
  const factor = (name: string, letters: string): string => element(name, indexOf(axes(letters)));
  return sums(line, axes(out), axes(summed), `${factor(a.name, left)} * ${factor(b.name, right)}`);
});

export const reduceSum = noirOp<{ axis: number }>((line) => {
  const [x] = line.arguments;
  const axes = axesOf(line, x!.type);
  const { axis } = line.attributes;
  const outer = axes.filter((_, i) => i !== axis);
  return sums(line, outer, [axes[axis]!], element(x!.name, indexOf(axes)));
});
