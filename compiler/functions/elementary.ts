// The functions as proofs see them: enclosures of values and of Taylor series, and bounds of slopes.
import { interval, type Interval } from '../numbers/interval.ts';
import { realUp } from '../numbers/upward.ts';
import { ceilDivide, enclose } from './enclosure.ts';
import { fromTaylor, type ChebyshevSeries } from './chebyshev.ts';
import { interpolate } from './interpolation.ts';
import { authorFunction } from './registry.ts';
import { exp, log, sigmoid, tanh } from './values.ts';
import {
  taylorOfExp,
  taylorOfLog,
  taylorOfSigmoid,
  taylorOfTanh,
  type Precision,
  type Taylor,
} from './taylor.ts';

/** All numbers are in units of 2^−bits. */
export interface Elementary {
  /** Polynomials near the function on a piece, from its middle and half of its width; undefined where they are not found. */
  series(center: bigint, radius: bigint, precision: Precision): ChebyshevSeries | undefined;
  /** f at a point, where f never falls: then its values at both ends bound it. Undefined where there is none. */
  rising?(x: bigint, bits: number): Interval | undefined;
  /** At least |f'| on the interval, as a real. */
  slope(x: Interval, bits: number): number;
  /** How many derivatives are known to be bounded. */
  readonly derivatives?: number;
  /** The function is defined for numbers that are more than 0, and for no others. */
  readonly positive?: boolean;
}

const byTaylor =
  (taylor: Taylor): Elementary['series'] =>
  (...piece) => {
    const series = taylor(...piece);
    return series && fromTaylor(series);
  };

/** The number of least size. */
const nearestZero = ({ low, high }: Interval): bigint => (low > 0n ? low : high < 0n ? -high : 0n);

const builtIn: ReadonlyMap<string, Elementary> = new Map<string, Elementary>([
  [
    'exp',
    {
      series: byTaylor(taylorOfExp),
      rising: exp,
      slope({ high }, bits) {
        const most = exp(high, bits);
        return most ? realUp(most.high, bits) : Infinity;
      },
    },
  ],
  [
    'log',
    {
      series: byTaylor(taylorOfLog),
      rising: log,
      positive: true,
      slope: ({ low }, bits) =>
        low > 0n ? realUp(ceilDivide(1n << BigInt(2 * bits), low), bits) : Infinity,
    },
  ],
  [
    'sigmoid',
    {
      series: byTaylor(taylorOfSigmoid),
      rising: sigmoid,
      // σ' = σ (1 − σ) falls with |x|, and σ(|x|) ≥ 1/2.
      slope(x, bits) {
        const half = 1n << BigInt(bits - 1);
        const { low } = sigmoid(nearestZero(x), bits);
        const least = low > half ? low : half;
        return realUp(least * (2n * half - least), 2 * bits);
      },
    },
  ],
  [
    'tanh',
    {
      series: byTaylor(taylorOfTanh),
      rising: tanh,
      // tanh' = 1 − tanh² falls with |x|.
      slope(x, bits) {
        const { low } = tanh(nearestZero(x), bits);
        const size = low > 0n ? low : 0n;
        return realUp((1n << BigInt(2 * bits)) - size ** 2n, 2 * bits);
      },
    },
  ],
]);

function ofAuthor(name: string): Elementary | undefined {
  const definition = authorFunction(name);
  if (!definition) return undefined;
  return {
    series: (...piece) => interpolate(definition, ...piece),
    slope: () => definition.derivatives[0]!,
    derivatives: definition.derivatives.length,
  };
}

/** Undefined for an author's function that no module has defined: nothing is known of it. */
export const findFunction = (name: string): Elementary | undefined =>
  builtIn.get(name) ?? ofAuthor(name);

/** At least |f'| on the interval, in units of the argument's last place, and as far as `error` from it. */
export function slopeNear(
  f: Elementary,
  { low, high }: Interval,
  { fraction, error }: { readonly fraction: number; readonly error: number },
): number {
  if (error === Infinity) return Infinity;
  const [bits, by] = [fraction + guardBits, BigInt(guardBits)];
  const wide = enclose(error, bits).high;
  return f.slope(interval((low << by) - wide, (high << by) + wide), bits);
}

/** Bits after the argument's last place with which slopes are bounded. */
const guardBits = 64;
