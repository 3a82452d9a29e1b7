// Inputs for the circuits under examples/, all of them Group-OBS steps.
import fc from 'fast-check';
import { fractionOf } from '../../compiler/ir/format.ts';
import { inputsOf } from '../../compiler/program/ports.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import { arbitraryInputs, type BoundInputs } from '../../compiler/testing/index.ts';

/**
 * Inputs of a Group-OBS circuit that an honest prover may meet: small weights, and C' as the rows g of a factor or as the
 * curvature (1 + ε) I + Σ g gᵀ, where ε makes up for the rounding: no eigenvalue of what the circuit sees is below 1.
 */
export function honestInputs(program: Program): fc.Arbitrary<BoundInputs> {
  const ports = new Map(inputsOf(program).map((port) => [port.name, port]));
  const [blocks, size] = ports.get('weights')!.type.shape as [number, number];
  const curved = ports.get('curvature');
  const epsilon = curved ? size / 2 ** fractionOf(curved.type.format) : 0;
  const small = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((x) => x / 2 ** 20);
  const block = fc
    .array(fc.array(small, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 3 })
    .map((gradients) =>
      Array.from({ length: size }, (_, i) =>
        Array.from({ length: size - i }, (_, k) =>
          gradients.reduce((sum, g) => sum + g[i]! * g[i + k]!, k === 0 ? 1 + epsilon : 0),
        ),
      ).flat(),
    );
  const weights = fc.array(small, { minLength: blocks * size, maxLength: blocks * size });
  const factor = ports.get('factor')?.type.shape;
  const entries = factor?.reduce((product, length) => product * length, 1);
  const curvature =
    entries === undefined
      ? fc.array(block, { minLength: blocks, maxLength: blocks }).map((each) => each.flat())
      : fc.array(small, { minLength: entries, maxLength: entries });
  return fc.tuple(arbitraryInputs(program), weights, curvature).map(([any, w, c]) => {
    const real = new Map(any.real);
    const fixed = new Map(any.fixed);
    for (const [name, values] of [
      ['weights', w],
      [factor ? 'factor' : 'curvature', c],
    ] as const) {
      const fraction = fractionOf(ports.get(name)!.type.format);
      const integers = values.map((x) => BigInt(Math.floor(x * 2 ** fraction + 0.5)));
      fixed.set(name, integers);
      real.set(
        name,
        Float64Array.from(integers, (x) => toReal(x, fraction)),
      );
    }
    return { real, fixed };
  });
}
