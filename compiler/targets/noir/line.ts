// One line of a program, as the writers of Noir see it, and the shapes of text that several of them use.
import type { Attributes, TensorType } from '../../ir/program.ts';
import type { Call, Ranges } from '../../ops/op.ts';
import { spanBits } from '../../ops/shared/within.ts';
import type { Interval } from '../../numbers/interval.ts';
import { requireReach } from './field.ts';
import { arrayOf, element, literal, loops, type Axis } from './text.ts';

/** A value in Noir: nested arrays of Field. */
export interface Value {
  readonly name: string;
  readonly type: TensorType;
  /** Holds the integers of all elements. */
  readonly range: Interval;
}

export interface NoirLine<A extends Attributes = Attributes> {
  readonly op: string;
  readonly attributes: A;
  /** The call that the op's record sees, for what writers share with lowerings. */
  readonly call: Call;
  readonly ranges: Ranges;
  readonly arguments: readonly Value[];
  /** An argument of the circuit's main function where the value comes from outside. */
  readonly result: Value;
  /** A name for what lives in this line alone. */
  free(preferred: string): string;
}

/** Writes the statements of a line. Throws `unsupported-by-target`. */
export type NoirOp = (line: NoirLine) => string[];

/** Gives the attributes their types inside a writer, and forgets them outside. */
export function noirOp<A extends Attributes>(write: (line: NoirLine<A>) => string[]): NoirOp {
  return write as unknown as NoirOp;
}

/** An axis for each of a shape's, named i, j, k and so on. */
export function axesOf(line: NoirLine, { shape }: TensorType): Axis[] {
  return shape.map((length, axis) => ({ name: line.free('ijklmn'[axis] ?? `i${axis}`), length }));
}

export const indexOf = (axes: readonly Axis[]): string[] => axes.map(({ name }) => name);

/** `let mut v: [Field; 2] = [0; 2];`, to be filled. */
export const declare = ({ name, type: { shape } }: Value): string =>
  `let mut ${name}: ${arrayOf(shape, 'Field')} = ${arrayOf(shape, '0')};`;

/** The result by an expression for each element, and what is asserted of the element then. */
export function elementwise(
  line: NoirLine,
  expression: (index: readonly string[]) => string,
  checks: (element: string) => readonly string[] = () => [],
): string[] {
  const { name, type } = line.result;
  if (type.shape.length === 0) return [`let ${name}: Field = ${expression([])};`, ...checks(name)];
  const axes = axesOf(line, type);
  const at = element(name, indexOf(axes));
  return [
    declare(line.result),
    ...loops(axes, [`${at} = ${expression(indexOf(axes))};`, ...checks(at)]),
  ];
}

/** The result by an expression for each row of its last axis. */
export function rowwise(
  line: NoirLine,
  expression: (index: readonly string[]) => string,
): string[] {
  const { name, type } = line.result;
  const axes = axesOf(line, type).slice(0, -1);
  const index = indexOf(axes);
  if (axes.length === 0)
    return [`let ${name}: ${arrayOf(type.shape, 'Field')} = ${expression([])};`];
  return [
    declare(line.result),
    ...loops(axes, [`${element(name, index)} = ${expression(index)};`]),
  ];
}

/** What is asserted of every element of a value that is there already. */
export function forEach(
  line: NoirLine,
  value: Value,
  statements: (element: string, index: readonly string[]) => readonly string[],
): string[] {
  const axes = axesOf(line, value.type);
  const index = indexOf(axes);
  const body = statements(element(value.name, index), index);
  return body.length === 0 ? [] : loops(axes, body);
}

/** An operand's element for one of the result: axes are aligned at the end, and length 1 stretches. */
export function broadcastElement({ name, type }: Value, to: TensorType, index: readonly string[]) {
  const skipped = to.shape.length - type.shape.length;
  const own = type.shape.map((length, axis) =>
    length === to.shape[axis + skipped] ? index[axis + skipped]! : '0',
  );
  return element(name, own);
}

/** `at_least::<24>(x, -0x800000);`: any field element that passes is an integer of the interval, 2^bits long. */
export function assertFormat(x: string, { low, high }: Interval): string {
  return `at_least::<${spanBits({ low, high })}>(${x}, ${literal(low)});`;
}

/**
 * low ≤ x ≤ high for an integer that is `known` to lie in another interval: one range check when the span is a power of
 * two, two when it is not, none for an end that is known. Throws `unsupported-by-target` where a check could wrap around.
 */
export function assertInterval(op: string, x: string, bounds: Interval, known: Interval): string[] {
  const bits = Math.max(1, spanBits(bounds));
  const whole = bounds.low + (1n << BigInt(bits)) - 1n === bounds.high;
  const lowKnown = known.low >= bounds.low;
  const highKnown = known.high <= bounds.high;
  if (lowKnown && highKnown) return [];
  const span = 1n << BigInt(bits);
  requireReach(op, known.high - bounds.low + span);
  requireReach(op, bounds.high - known.low + span);
  return [
    ...(!lowKnown || whole ? [`at_least::<${bits}>(${x}, ${literal(bounds.low)});`] : []),
    ...(!highKnown && !whole ? [`at_most::<${bits}>(${x}, ${literal(bounds.high)});`] : []),
  ];
}
