// The shared half of elementwise ops of two arguments: broadcasting and pairing.
import { broadcast, broadcastPositions } from '../../ir/shape.ts';
import type { TensorType } from '../../ir/program.ts';
import type { Call } from '../op.ts';

/** Applies f to the elements that broadcasting pairs. */
export function zip<T, R>(
  args: readonly ArrayLike<T>[],
  call: Call,
  f: (elements: readonly T[], position: number) => R,
): R[] {
  const positions = call.arguments.map(({ shape }) => broadcastPositions(shape, call.result.shape));
  return Array.from({ length: positions[0]!.length }, (_, position) =>
    f(
      args.map((arg, i) => arg[positions[i]![position]!]!),
      position,
    ),
  );
}

/** `zip` for reals. */
export function zipReal(
  args: readonly Float64Array[],
  call: Call,
  f: (...elements: number[]) => number,
): Float64Array {
  return Float64Array.from(zip(args, call, (elements) => f(...elements)));
}

export const broadcastTypes = (types: readonly TensorType[]) =>
  types.map(({ shape }) => shape).reduce(broadcast);
