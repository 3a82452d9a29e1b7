// Inputs of Group-OBS circuits: C' = I + c Σ g gᵀ on the integers that the circuit sees, no eigenvalue below 1, and reals
// beside them whose rounding pushes every row the same way.
import type { BoundInputs } from '../../compiler/inputs/bind.ts';
import { formatInterval, fractionOf } from '../../compiler/ir/format.ts';
import { inputsOf } from '../../compiler/program/ports.ts';
import type { Program } from '../../compiler/ir/program.ts';
import type { Random } from '../../examples/unlearn-digits/random.ts';
import { offReal, sampleInputs, type Style } from './samples.ts';

/** The row and the column of each entry of an upper triangle. */
const triangle = (size: number): [number, number][] =>
  Array.from({ length: size }, (_, i) =>
    Array.from({ length: size - i }, (_, k): [number, number] => [i, i + k]),
  ).flat();

export function sampleCurvature(program: Program, random: Random, style: Style): BoundInputs {
  const inputs = sampleInputs(program, random, style);
  const ports = new Map(inputsOf(program).map((port) => [port.name, port.type]));
  const { shape, format } = ports.get('curvature')!;
  const [blocks, size] = ports.get('weights')!.shape as [number, number];
  const fraction = fractionOf(format);
  const largest = Number(formatInterval(format).high) / 2 ** fraction - 1;
  const integers: bigint[] = [];
  const reals: number[] = [];
  for (let block = 0; block < blocks; block++) {
    const g = Array.from({ length: size }, () => 2 * random.uniform() - 1);
    // From nearly the identity, where nothing is damped, to the end of the range.
    const scale = (largest - 1) * random.uniform() ** (style.extreme ? 12 : 2);
    for (const [i, j] of triangle(size)) {
      const exact = (i === j ? 1 : 0) + scale * g[i]! * g[j]!;
      // Rounding moves an eigenvalue by at most size / 2 units: the diagonal makes up for it.
      const integer = BigInt(Math.round(exact * 2 ** fraction) + (i === j ? size : 0));
      const share = style.aligned ? 0.499999 * Math.sign(g[i]! * g[j]!) : random.uniform() - 0.5;
      integers.push(integer);
      reals.push(offReal(integer, share * 0.999998, fraction));
    }
  }
  if (shape.reduce((n, length) => n * length, 1) !== integers.length)
    throw new Error(`curvature of ${program.name} is no triangle`);
  return {
    fixed: new Map([...inputs.fixed, ['curvature', integers]]),
    real: new Map([...inputs.real, ['curvature', Float64Array.from(reals)]]),
  };
}
