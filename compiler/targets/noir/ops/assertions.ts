// What is asserted of values, and what is said of the program alone.
import { contraction } from '../../../ir/einsum.ts';
import { intersect, interval, product, scaled, sum } from '../../../numbers/interval.ts';
import { assertInterval, forEach, noirOp, type NoirOp, type Value } from '../line.ts';
import { element } from '../text.ts';
import { contract } from './arithmetic.ts';

export const assertZero: NoirOp = (line) =>
  forEach(line, line.arguments[0]!, (x) => [`assert(${x} == 0, "assert-zero: not 0");`]);

/** Bounds past those of the argument say nothing: its own are known. */
export const assertWithin = noirOp<{ low: bigint; high: bigint }>((line) => {
  const [x] = line.arguments;
  const { low, high } = line.attributes;
  const bounds = intersect(interval(low, high), x!.range)!;
  return [
    ...forEach(line, x!, (at) => assertInterval(line.op, at, bounds, x!.range)),
    `let ${line.result.name} = ${x!.name};`,
  ];
});

/** The sums of products are a value of the line's own; how many are checked at a time is a matter of kimchi's rows. */
export const assertResidual = noirOp<{ subscripts: string; low: bigint; high: bigint }>((line) => {
  const [x, a, b] = line.arguments as [Value, Value, Value];
  const { subscripts, low, high } = line.attributes;
  const { length } = contraction(subscripts, a.type.shape, b.type.shape);
  const range = scaled(product(a.range, b.range), BigInt(length));
  const result = { name: line.free('products'), type: x.type, range };
  const known = sum(x.range, range);
  const bounds = intersect(interval(low, high), known)!;
  return [
    ...contract({ ...line, arguments: [a, b], result }),
    ...forEach(line, result, (at, index) =>
      assertInterval(line.op, `${element(x.name, index)} + ${at}`, bounds, known),
    ),
  ];
});

/** Was checked when the circuit was compiled. */
export const assertAccurate: NoirOp = () => [];

/** Says something of the program to its reports, and nothing of its values. */
export const assume: NoirOp = () => [];

/** Outputs are what main returns. */
export const expose: NoirOp = () => [];
