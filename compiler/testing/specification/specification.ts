// A specification: what a circuit should compute, as plain TypeScript that knows nothing of the circuit.

/** Flat tensors by name, in row-major order. */
export type Named<Name extends string, Value> = Readonly<Record<Name, readonly Value[]>>;

export interface SpecificationContext<
  Input extends string = string,
  Parameter extends string = string,
> {
  /** The sizes that the circuit was built for: a failure is shrunk to smaller ones. */
  readonly parameters: Readonly<Record<Parameter, number>>;
  /** Every input as integers, in units of the last place; field elements and digests from 0 to p − 1. */
  readonly integers: Named<Input, bigint>;
}

/**
 * Outputs by name: reals (`number`), which may be off by `within`, or integers in units of the last place (`bigint`), which are
 * exact. A commitment may be left out, or it is given the numbers that are committed to.
 */
export type SpecifiedOutputs = Readonly<
  Record<string, readonly number[] | Float64Array | readonly bigint[]>
>;

/** A method, so that its parameters may name the inputs that the circuit has. */
interface Specified<Input extends string, Parameter extends string> {
  outputs(
    inputs: Named<Input, number>,
    more: SpecificationContext<Input, Parameter>,
  ): SpecifiedOutputs | undefined;
}

/**
 * The outputs of a circuit for some inputs; `undefined` where no proof of these inputs may be accepted.
 *
 * `inputs` are the reals that the integers of the circuit stand for. A bit is 0 or 1. Field elements and digests have no reals: they
 * are in `more.integers` alone. The type parameters name the inputs, and the parameters, that the function reads.
 */
export type Specification<
  Input extends string = string,
  Parameter extends string = string,
> = Specified<Input, Parameter>['outputs'];

/** How far an output may be from its specified reals: one distance, or one for each output by name. */
export type Within = number | Readonly<Record<string, number>>;

/** The arguments of the laws of a specification. */
export interface Given {
  /** The specification. */
  readonly spec?: Specification;
  /** How far an output may be from it. */
  readonly within?: Within;
}
