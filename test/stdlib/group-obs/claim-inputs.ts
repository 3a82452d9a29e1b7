// Inputs of a claim of one block that an honest prover may meet.
import fc from 'fast-check';
import { fractionOf } from '../../../compiler/ir/format.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { toReal } from '../../../compiler/numbers/rounding.ts';
import { inputsOf as portsOf } from '../../../compiler/program/ports.ts';
import type { BoundInputs } from '../../../compiler/testing/index.ts';
import { curvatureOf, weightFormat, type StepSpec } from './forms.ts';
import { acceptsBlock, claimInputs, solved } from './steps.ts';

/**
 * Weights in [−1, 1], a mask (the circuit's, where it has one), gradients that depend on each other, and θ_u as the step gives
 * it, or where that is accepted a unit beside it. Weights are all 0 now and then: what a mask's bit switches off then holds
 * anyway.
 */
export const arbitraryClaimInputs =
  (spec: StepSpec, masked?: readonly number[]) =>
  (program: Program): fc.Arbitrary<BoundInputs> => {
    const { size } = spec;
    const list = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.array(each, { minLength: size, maxLength: size });
    // Doubles in [−1, 1] would often be too small to leave anything in the curvature's format.
    const gradient = list(fc.integer({ min: -8, max: 8 })).map((own) =>
      Float64Array.from(own, (each) => each / 8),
    );
    const one = 2 ** fractionOf(weightFormat);
    const known = masked && Array.from({ length: size }, (_, i) => (masked.includes(i) ? 1 : 0));
    const weights = list(fc.integer({ min: -one, max: one }));
    const block = fc.record({
      weights: fc.oneof(
        { weight: 7, arbitrary: weights },
        fc.constant(new Array<number>(size).fill(0)),
      ),
      mask: known ? fc.constant(known) : list(fc.integer({ min: 0, max: 1 })),
      curvature: fc
        .array(gradient, { minLength: 1, maxLength: 4 })
        .map((gradients) => curvatureOf(spec, { gradients, damping: 1 })),
    });
    const moved = list(fc.constantFrom(0, 0, 1, -1));
    return fc.tuple(block, moved).map(([own, by]) => {
      const honest = solved(spec, own);
      const beside = honest.unlearned.map((each, i) => each + (own.mask[i] === 1 ? 0 : by[i]!));
      const claim = { ...own, ...honest, unlearned: beside };
      const given = claimInputs(spec, acceptsBlock(spec, claim, masked) ? claim : own, masked);
      const ports = portsOf(program);
      const fixed = new Map(ports.map(({ name }) => [name, [...given.get(name)!]]));
      const real = new Map(
        ports.map(({ name, type }) => [
          name,
          Float64Array.from(fixed.get(name)!, (integer) =>
            toReal(integer, fractionOf(type.format)),
          ),
        ]),
      );
      return { fixed, real };
    });
  };
