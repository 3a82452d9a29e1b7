// Inputs for examples/group-obs-by-columns.ts: weights are what the multipliers give, rounded, or a unit beside it.
import fc from 'fast-check';
import type { Program } from '../../compiler/ir/program.ts';
import { inputsOf } from '../../compiler/program/ports.ts';
import { arbitraryInputs, withIntegers, type BoundInputs } from '../../compiler/testing/index.ts';
import { columnImages, residualShift } from './specifications/columns.ts';

export function columnInputs(program: Program): fc.Arbitrary<BoundInputs> {
  const ports = new Map(inputsOf(program).map(({ name, type }) => [name, type.shape]));
  const [blocks, masked, size] = ports.get('root') as [number, number, number];
  const list = (length: number, bound: bigint): fc.Arbitrary<bigint[]> =>
    fc.array(fc.bigInt(-bound, bound - 1n), { minLength: length, maxLength: length });
  // K ν stays in the format of the weights.
  const largest = 2n ** 22n / BigInt(masked);
  return fc
    .record({
      any: arbitraryInputs(program),
      root: list(blocks * masked * size, 2n ** 11n / BigInt(Math.ceil(size / 4))),
      multipliers: list(blocks * masked, largest),
      moved: fc.array(fc.constantFrom(0n, 0n, 0n, 0n, 0n, 0n, 1n, -1n), {
        minLength: blocks * masked,
        maxLength: blocks * masked,
      }),
    })
    .map(({ any, root, multipliers, moved }) => {
      const half = 1n << (residualShift - 1n);
      const weights = columnImages({ root, multipliers }, { masked, size }).map(
        (image, i) => ((image + half) >> residualShift) + moved[i]!,
      );
      return withIntegers(program, any, { weights, root, multipliers });
    });
}
