// Ops that only move elements: one function says where each element of the result comes from, and all
// meanings follow from it. No constraints, no rounding.
import type { Attributes, Kinds, TensorType } from '../../ir/program.ts';
import { defineOp, type Call, type Op } from '../op.ts';
import { movementWork } from './work.ts';

/** The argument and the row-major position in it that an element is taken from. */
export interface Source {
  readonly argument: number;
  readonly position: number;
}

export interface Movement<A extends Attributes> {
  readonly name: string;
  readonly attributes?: Kinds<A>;
  type(args: readonly TensorType[], attributes: A): TensorType;
  /** The source of every element of the result, in row-major order. */
  sources(call: Call<A>): readonly Source[];
}

export function defineMovement<A extends Attributes>(movement: Movement<A>): Op<A> {
  const move = <T>(args: readonly ArrayLike<T>[], call: Call<A>): T[] =>
    movement.sources(call).map(({ argument, position }) => args[argument]![position]!);
  return defineOp<A>({
    name: movement.name,
    ...(movement.attributes ? { attributes: movement.attributes } : {}),
    type: (args, attributes) => movement.type(args, attributes),
    real: (args, call) => Float64Array.from(move(args, call)),
    fixed: (args, call) => move(args, call),
    range: (args, call) => move(args, call),
    error: (args, call) => move(args, call).map(({ error }) => error),
    lower: (args, call) => move(args, call),

    linear: (args, call) => move(args, call),

    work: movementWork,
    commitment: { carries: true },
  });
}
