// How far the integers of a witness are from the reals, held against the derived bounds.
import { largestError, propagateErrors, type ErrorBounds } from '../meanings/error.ts';
import { callOf } from '../program/calls.ts';
import { fractionOf, isOpaque } from '../ir/format.ts';
import { describeLine } from '../program/print.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { magnitude } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';

/** An integer that is outside its interval, or farther from the reals than the bound. */
export interface Far {
  readonly line: number;
  readonly element: number;
  readonly integer: bigint;
  readonly distance: number;
  readonly bound: number;
  readonly message: string;
}

/** The first one. Lines without values are left out. */
export function farFromReal(
  circuit: LoweredProgram,
  values: readonly (readonly bigint[] | undefined)[],
  reals: readonly Float64Array[],
  bounds: ErrorBounds,
): Far | undefined {
  for (const [line, { type }] of circuit.program.lines.entries()) {
    if (isOpaque(type.format)) continue;
    const fraction = fractionOf(type.format);
    for (const [element, integer] of (values[line] ?? []).entries()) {
      const { low, high } = circuit.ranges[line]![element]!;
      const bound = bounds[line]![element]!;
      const distance = Math.abs(toReal(integer, fraction) - reals[line]![element]!);
      const far = (what: string): Far => {
        const message = `${describePlace(circuit, line, element)}: ${what}`;
        return { line, element, integer, distance, bound, message };
      };
      if (integer < low || integer > high) return far(`${integer} lies outside its interval`);
      if (isBeyond(distance, bound)) return far(`${distance} from the reals, bound ${bound}`);
    }
  }
  return undefined;
}

/** Nothing is beyond a bound of Infinity; NaN is beyond every other one. */
export const isBeyond = (distance: number, bound: number): boolean =>
  bound !== Infinity && !(distance <= bound);

export const describePlace = ({ program }: LoweredProgram, line: number, element: number): string =>
  `\`${describeLine(program, line)}\`, element ${element}`;

type Rounding = 'rounded' | 'exact';

const known = new WeakMap<LoweredProgram, Map<Rounding, ErrorBounds>>();

/**
 * Error bounds against a float64 meaning that rounds, too: relative 2^−53 an operation, of its operands, their product
 * and its result; 2^−40 leaves room for long sums and for systems of a modest condition. `inputs`: whether the reals of
 * the inputs are those of their integers.
 */
export function boundsOfFloat64(
  circuit: LoweredProgram,
  inputs: Rounding = 'rounded',
): ErrorBounds {
  const own = known.get(circuit) ?? new Map<Rounding, ErrorBounds>();
  known.set(circuit, own);
  const bounds = own.get(inputs) ?? deriveBounds(circuit, inputs);
  own.set(inputs, bounds);
  return bounds;
}

function deriveBounds({ program, ranges }: LoweredProgram, inputs: Rounding): ErrorBounds {
  const sizes = program.lines.map(({ type }, line) =>
    Math.max(0, ...ranges[line]!.map((x) => toReal(magnitude(x), fractionOf(type.format)))),
  );
  return propagateErrors(program, ranges, (args, number, op, meets) => {
    const line = program.lines[number]!;
    const own = op.error(args, callOf(program, line), meets);
    // A float64 holds integers of up to 53 bits.
    const unit = sizes[number]! * 2 ** fractionOf(line.type.format) < 2 ** 53 ? 0 : 2 ** -52;
    if (op.port?.input)
      return own.map((error) => (inputs === 'exact' ? 0 : error) + unit * sizes[number]!);
    if (isOpaque(line.type.format) || line.type.format.kind === 'bit') return own;
    // The reals may lie outside of the interval of their integers, by the error.
    const operands = line.arguments.map((argument, i) => {
      const error = largestError(args[i]!.map((element) => element.error));
      return sizes[argument]! + (Number.isFinite(error) ? error : 0);
    });
    const product = operands.length === 2 ? operands[0]! * operands[1]! : 0;
    const size = operands.reduce((sum, each) => sum + each, product + sizes[number]!);
    return own.map((error) => error + 2 ** -40 * size);
  });
}
