// An independent meaning of a circuit, in plain TypeScript, written beside it.

export type Outputs = Readonly<Record<string, readonly number[] | readonly bigint[]>>;

/**
 * The outputs for some inputs, flat, in real units, by name; outputs that it leaves out may be anything. Undefined: no proof
 * of these inputs may be accepted.
 */
export type Specification = (
  inputs: Readonly<Record<string, readonly number[]>>,
  more: {
    readonly parameters: Readonly<Record<string, number>>;
    readonly integers: Readonly<Record<string, readonly bigint[]>>;
  },
) => Outputs | undefined;
