// Inputs that are given by their integers, some or all: adds the reals that these stand for.
import type { InputValues } from '../constraints/witness.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { field, fractionOf, isOpaque, type Format } from '../ir/format.ts';
import { inputsOf } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import { toInteger, toReal } from '../numbers/rounding.ts';

/** All inputs, from their integers. */
export function exactInputs(program: Program, given: InputValues): BoundInputs {
  const fixed = new Map<string, bigint[]>();
  const real = new Map<string, Float64Array>();
  for (const { name, type } of inputsOf(program)) {
    const integers = [...given.get(name)!];
    fixed.set(name, integers);
    real.set(name, realsOf(integers, type.format));
  }
  return { fixed, real };
}

/**
 * The inputs with some of them replaced, by the integers (in units of the last place, row by row) and the reals that these stand
 * for: `arbitraryInputs(program).map((bound) => withIntegers(program, bound, { mask: [1n, 0n] }))`. A law that takes the
 * inputs reports those that do not fit.
 */
export function withIntegers(
  program: Program,
  { fixed, real }: BoundInputs,
  integers: Readonly<Record<string, readonly bigint[]>>,
): BoundInputs {
  const formats = new Map(inputsOf(program).map(({ name, type }) => [name, type.format]));
  const bound: BoundInputs = { fixed: new Map(fixed), real: new Map(real) };
  for (const [name, values] of Object.entries(integers)) {
    bound.fixed.set(name, [...values]);
    bound.real.set(name, realsOf(values, formats.get(name) ?? field));
  }
  return bound;
}

function realsOf(integers: readonly bigint[], format: Format): Float64Array {
  const fraction = fractionOf(format);
  return Float64Array.from(integers, (x) => (isOpaque(format) ? NaN : toReal(x, fraction)));
}

/** Whether the reals are those that the integers stand for; float64 does not hold all of them. */
export function areExact(program: Program, { fixed, real }: BoundInputs): boolean {
  return inputsOf(program).every(({ name, type }) => {
    const integers = fixed.get(name)!;
    if (isOpaque(type.format)) return true;
    const fraction = fractionOf(type.format);
    return integers.every((x, i) => {
      const own = real.get(name)![i]!;
      return toReal(x, fraction) === own && toInteger(own, fraction) === x;
    });
  });
}
