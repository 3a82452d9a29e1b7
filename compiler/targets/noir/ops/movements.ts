// Ops that only move elements: loops that copy, so that a reader sees where each comes from.
import { sizeOf, type Shape } from '../../../ir/shape.ts';
import { axesOf, declare, elementwise, indexOf, noirOp } from '../line.ts';
import { element, loops } from '../text.ts';

export const transpose = noirOp<{ order: readonly number[] }>((line) =>
  elementwise(line, (index) => {
    const own = line.attributes.order.map((_, axis) => index[line.attributes.order.indexOf(axis)]!);
    return element(line.arguments[0]!.name, own);
  }),
);

/** The index with another expression along one axis. */
const along = (index: readonly string[], axis: number, at: (i: string) => string): string[] =>
  index.map((i, k) => (k === axis ? at(i) : i));

const shifted = (by: number) => (i: string) => (by === 0 ? i : `${i} + ${by}`);

export const slice = noirOp<{ axis: number; start: number }>((line) =>
  elementwise(line, (index) => {
    const { axis, start } = line.attributes;
    return element(line.arguments[0]!.name, along(index, axis, shifted(start)));
  }),
);

export const gather = noirOp<{ axis: number; indices: readonly number[] }>((line) => {
  const { axis, indices } = line.attributes;
  const table = line.free('positions');
  return [
    `let ${table}: [u32; ${indices.length}] = [${indices.join(', ')}];`,
    ...elementwise(line, (index) =>
      element(
        line.arguments[0]!.name,
        along(index, axis, (i) => `${table}[${i}]`),
      ),
    ),
  ];
});

export const take = noirOp((line) => {
  const [x, index] = line.arguments;
  const { shape } = index!.type;
  return elementwise(line, (own) => {
    const at = element(index!.name, own.slice(0, shape.length));
    return element(x!.name, [`index::<${x!.type.shape[0]!}>(${at})`, ...own.slice(shape.length)]);
  });
});

export const concat = noirOp<{ axis: number }>((line) => {
  const { axis } = line.attributes;
  let start = 0;
  const copies = line.arguments.flatMap(({ name, type }) => {
    const axes = axesOf(line, type);
    const to = along(indexOf(axes), axis, shifted(start));
    start += type.shape[axis]!;
    return loops(axes, [`${element(line.result.name, to)} = ${element(name, indexOf(axes))};`]);
  });
  return [declare(line.result), ...copies];
});

/** Leading axes that both shapes have stay; the rest goes through the position in row-major order. */
export const reshape = noirOp((line) => {
  const [x] = line.arguments;
  const [from, to] = [x!.type.shape, line.result.type.shape];
  let kept = 0;
  while (kept < from.length && kept < to.length && from[kept] === to[kept]) kept++;
  return elementwise(line, (index) => {
    const position = flatten(to.slice(kept), index.slice(kept));
    return element(x!.name, [...index.slice(0, kept), ...unflatten(from.slice(kept), position)]);
  });
});

/** `(i * 3 + j) * 4 + k`; axes of length 1 do not count. */
function flatten(shape: Shape, index: readonly string[]): string {
  return shape.reduce((outer, length, axis) => {
    if (length === 1) return outer;
    if (outer === '0') return index[axis]!;
    return `${outer.includes(' ') ? `(${outer})` : outer} * ${length} + ${index[axis]!}`;
  }, '0');
}

/** The index of a position: `p / 12, p / 4 % 3, p % 4`. */
function unflatten(shape: Shape, position: string): string[] {
  const first = shape.findIndex((length) => length > 1);
  return shape.map((length, axis) => {
    if (length === 1) return '0';
    const stride = sizeOf(shape.slice(axis + 1));
    const whole = stride === 1 && axis === first;
    const p = position.includes(' ') && !whole ? `(${position})` : position;
    return `${p}${stride === 1 ? '' : ` / ${stride}`}${axis === first ? '' : ` % ${length}`}`;
  });
}
