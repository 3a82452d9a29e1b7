// The larger or the smaller of two numbers, element by element. Both are 1-Lipschitz: the error is at most that of an operand,
// also where the decision between them is not the one of the reals.
import { add, subtract } from '../../constraints/expression.ts';
import { difference, interval, type Interval } from '../../numbers/interval.ts';
import { defineOp, type Op } from '../op.ts';
import { arithmeticType, countArguments, intervalOf, sameFraction } from './arguments.ts';
import { notNegative } from './comparison.ts';
import { broadcastTypes, zip, zipReal } from './elementwise.ts';

export interface Extremum {
  readonly name: string;
  readonly real: (a: number, b: number) => number;
  readonly fixed: (a: bigint, b: bigint) => bigint;
  /** Whether it is a where a ≥ b. */
  readonly largest: boolean;
}

export function defineExtremum({ name, real, fixed, largest }: Extremum): Op {
  const range = (a: Interval, b: Interval): Interval =>
    interval(fixed(a.low, b.low), fixed(a.high, b.high));
  return defineOp({
    name,

    type(args) {
      countArguments(name, args, 2);
      const [a, b] = [args[0]!, args[1]!];
      const fraction = sameFraction(name, a, b);
      const bounds = range(intervalOf(a), intervalOf(b));
      return arithmeticType(name, broadcastTypes(args), bounds, fraction);
    },

    real: (args, call) => zipReal(args, call, (a, b) => real(a!, b!)),
    fixed: (args, call) => zip(args, call, ([a, b]) => fixed(a!, b!)),
    range: (args, call) => zip(args, call, ([a, b]) => range(a!, b!)),
    error: (args, call) => zip(args, call, ([a, b]) => Math.max(a!.error, b!.error)),

    // other + bit · (chosen − other), where the bit says a ≥ b
    lower: (args, call, constraints, ranges) => {
      const known = zip(ranges.arguments, call, ([a, b]) => difference(a!, b!));
      return zip(args, call, ([a, b], position) => {
        constraints.element(position);
        const { low, high } = known[position]!;
        const [chosen, other] = largest ? [a!, b!] : [b!, a!];
        if (low >= 0n) return chosen;
        if (high <= 0n) return other;
        const d = subtract(a!, b!);
        // A form of several terms becomes a variable, for the comparison and for the product.
        const apart = d.terms.length > 1 || d.constant !== 0n ? constraints.seal(d) : d;
        const chosenBy = constraints.product(
          notNegative(constraints, apart, known[position]!),
          apart,
        );
        return largest ? add(chosenBy, other) : subtract(other, chosenBy);
      });
    },
  });
}
