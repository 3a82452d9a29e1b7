// Inputs of which only the integers are known: the reals that they stand for.
import type { InputValues } from '../constraints/witness.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { fractionOf, isOpaque } from '../ir/format.ts';
import { inputsOf } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import { toInteger, toReal } from '../numbers/rounding.ts';

export function exactInputs(program: Program, given: InputValues): BoundInputs {
  const fixed = new Map<string, bigint[]>();
  const real = new Map<string, Float64Array>();
  for (const { name, type } of inputsOf(program)) {
    const integers = [...given.get(name)!];
    const read = (x: bigint): number =>
      isOpaque(type.format) ? NaN : toReal(x, fractionOf(type.format));
    fixed.set(name, integers);
    real.set(name, Float64Array.from(integers, read));
  }
  return { fixed, real };
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
