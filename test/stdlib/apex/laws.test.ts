// The tile of each form under the laws that every circuit keeps: constraints and fixed point agree, tampering is refused.
import fc from 'fast-check';
import { circuitLaws, type BoundInputs } from '../../../compiler/testing/index.ts';
import { inputsOf as portsOf } from '../../../compiler/ir/ports.ts';
import { fractionOf, isOpaque } from '../../../compiler/ir/format.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { toReal } from '../../../compiler/numbers/rounding.ts';
import { openLayout } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import { forms } from '../../../stdlib/apex/index.ts';
import { curvatureIntegers, formNames, inputsOf, stepOf } from './steps.ts';

const size = 2;

for (const form of formNames) {
  const spec = stepOf(form, size);
  const weight = fc.integer({ min: -16000, max: 16000 });
  const pair = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(each, { minLength: size, maxLength: size });
  const gradient = pair(fc.double({ min: -1, max: 1, noNaN: true })).map((own) =>
    Float64Array.from(own),
  );
  const block = fc.record({
    weights: pair(weight),
    mask: pair(fc.integer({ min: 0, max: 1 })),
    curvature: fc
      .array(gradient, { minLength: 1, maxLength: 3 })
      .map((gradients) => curvatureIntegers(spec, forms[form].curvature(gradients, 1, spec))),
  });
  // Certificates are solved for: random ones pass for nothing.
  const inputs = (program: Program): fc.Arbitrary<BoundInputs> =>
    block.map((own) => {
      const given = inputsOf(spec, [own]);
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
  circuitLaws(tileCircuit(spec, openLayout(1)), {
    inputs,
    cost: `costs/${form}.json`,
    numRuns: 30,
  });
}
