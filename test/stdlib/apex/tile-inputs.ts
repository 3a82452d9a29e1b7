// Inputs of a tile of one block that an honest prover may meet.
import fc from 'fast-check';
import { fractionOf, isOpaque } from '../../../compiler/ir/format.ts';
import { inputsOf as portsOf } from '../../../compiler/ir/ports.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { toReal } from '../../../compiler/numbers/rounding.ts';
import type { BoundInputs } from '../../../compiler/testing/index.ts';
import type { Layout } from '../../../stdlib/apex/circuit/layout.ts';
import type { StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import { forms } from '../../../stdlib/apex/index.ts';
import { curvatureIntegers, inputsOf } from './steps.ts';

/** Weights in [−1, 1], a mask (the group's, where the layout has one), gradients, and random bits. */
export const arbitraryTileInputs =
  (spec: StepSpec, layout: Layout) =>
  (program: Program): fc.Arbitrary<BoundInputs> => {
    const { size, form } = spec;
    const list = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.array(each, { minLength: size, maxLength: size });
    const gradient = list(fc.double({ min: -1, max: 1, noNaN: true })).map((own) =>
      Float64Array.from(own),
    );
    const one = 2 ** fractionOf(spec.formats.weights);
    const masked = layout.groups[0]?.masked;
    const known = masked && Array.from({ length: size }, (_, i) => (masked.includes(i) ? 1 : 0));
    const block = fc.record({
      weights: list(fc.integer({ min: -one, max: one })),
      mask: known ? fc.constant(known) : list(fc.integer({ min: 0, max: 1 })),
      curvature: fc
        .array(gradient, { minLength: 1, maxLength: 3 })
        .map((gradients) => curvatureIntegers(spec, forms[form].curvature(gradients, 1, spec))),
      salt: fc.nat(65_000),
    });
    return block.map((own) => {
      const given = inputsOf(spec, [own], layout);
      const fixed = new Map<string, bigint[]>(
        portsOf(program).map(({ name }) => [name, [...given.get(name)!]]),
      );
      const real = new Map(
        portsOf(program).map(({ name, type: { format } }) => [
          name,
          Float64Array.from(fixed.get(name)!, (integer) =>
            isOpaque(format) ? NaN : toReal(integer, fractionOf(format)),
          ),
        ]),
      );
      return { fixed, real };
    });
  };
