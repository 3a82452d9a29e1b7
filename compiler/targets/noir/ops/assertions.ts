// What is asserted of values, and what is said of the program alone.
import { intersect, interval } from '../../../numbers/interval.ts';
import { assertInterval, forEach, noirOp, type NoirOp } from '../line.ts';

export const assertZero: NoirOp = (line) =>
  forEach(line, line.arguments[0]!, (x) => [`assert(${x} == 0, "assert-zero: not 0");`]);

/** Bounds past those of the argument say nothing: its own are known. */
export const assertWithin = noirOp<{ low: bigint; high: bigint }>((line) => {
  const [x] = line.arguments;
  const { low, high } = line.attributes;
  const bounds = intersect(interval(low, high), x!.range)!;
  return forEach(line, x!, (at) => assertInterval(line.op, at, bounds, x!.range));
});

/** Was checked when the circuit was compiled. */
export const assertAccurate: NoirOp = () => [];

/** Outputs are what main returns. */
export const expose: NoirOp = () => [];
