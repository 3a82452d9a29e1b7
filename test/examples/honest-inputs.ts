// Inputs for the circuits under examples/, all of them Group-OBS steps.
import fc from 'fast-check';
import { fractionOf } from '../../compiler/ir/format.ts';
import { inputsOf } from '../../compiler/program/ports.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import { arbitraryInputs, type BoundInputs } from '../../compiler/testing/index.ts';
import { triangleLength } from '../../stdlib/index.ts';
import { definiteRoot } from '../stdlib/group-obs/curvatures.ts';

/**
 * Inputs of a Group-OBS circuit that an honest prover may meet: small weights, and C' as the rows g of a factor, as a root of its
 * inverse, or as the curvature (1 + ε) I + Σ g gᵀ, where ε makes up for the rounding: no eigenvalue of what the circuit sees is
 * below 1. A root beside a curvature certifies it.
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
  const own = curved ? 'curvature' : ports.has('factor') ? 'factor' : 'root';
  const entries = ports.get(own)!.type.shape.reduce((product, length) => product * length, 1);
  const curvature = curved
    ? fc.array(block, { minLength: blocks, maxLength: blocks }).map((each) => each.flat())
    : fc.array(small, { minLength: entries, maxLength: entries });
  return fc.tuple(arbitraryInputs(program), weights, curvature).map(([any, w, c]) => {
    const real = new Map(any.real);
    const fixed = new Map(any.fixed);
    const given: [name: string, values: readonly number[]][] = [
      ['weights', w],
      [own, c],
    ];
    if (curved && ports.has('root')) given.push(['root', rootsOf(c, size)]);
    for (const [name, values] of given) {
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

/** Integers of the triangles of some blocks. */
function rootsOf(triangles: readonly number[], size: number): number[] {
  const length = triangleLength(size);
  return Array.from({ length: triangles.length / length }, (_, b) => [
    ...definiteRoot(Float64Array.from(triangles.slice(b * length, (b + 1) * length)), size),
  ]).flat();
}
