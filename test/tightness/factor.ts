// Inputs of Group-OBS circuits in the form `factor`. Rounding moves a free weight u most where A_uu is near 1, where
// θ_u − θ = Σ_k G_ku (G_S θ_S)_k for the masked entries S: G is at its ends there, with the signs of θ_S, and near 0 elsewhere.
import type { BoundInputs } from '../../compiler/inputs/bind.ts';
import { formatInterval, fractionOf } from '../../compiler/ir/format.ts';
import { inputsOf } from '../../compiler/program/ports.ts';
import type { Program } from '../../compiler/ir/program.ts';
import type { Random } from '../../examples/unlearn-digits/random.ts';
import { offReal, sampleInputs, type Style } from './samples.ts';

export function sampleFactor(program: Program, random: Random, style: Style): BoundInputs {
  const inputs = sampleInputs(program, random, style);
  const ports = new Map(inputsOf(program).map((port) => [port.name, port.type]));
  const { shape, format } = ports.get('factor')!;
  const [blocks, rank, size] = shape as [number, number, number];
  const fraction = fractionOf(format);
  const largest = Number(formatInterval(format).high - 1n);
  const masked = inputs.fixed.get('mask')!.map((bit) => bit === 1n);
  // Free weights keep away from the ends, so that the prover may push them.
  const any = inputs.fixed.get('weights')!;
  const weights = any.map((x, i) => (masked[i] ? x : x / 2n));
  const unit = 2 ** -fractionOf(ports.get('weights')!.format);
  const realWeights = inputs.real
    .get('weights')!
    .map((x, i) => x + Number(weights[i]! - any[i]!) * unit);
  const away = weights.map((x) => (x < 0n ? -1 : 1));

  const entries = Array.from({ length: blocks * rank * size }, (_, k) => {
    const i = Math.floor(k / (rank * size)) * size + (k % size);
    const anywhere = 2 * random.uniform() - 1;
    const extreme = masked[i] ? away[i]! : anywhere * random.uniform() ** 12;
    const integer = BigInt(Math.round(largest * (style.extreme ? extreme : anywhere)));
    const share = style.aligned ? -away[i]! : 2 * random.uniform() - 1;
    return { integer, real: offReal(integer, share * 0.499999, fraction) };
  });
  return {
    fixed: new Map([
      ...inputs.fixed,
      ['weights', weights],
      ['factor', entries.map(({ integer }) => integer)],
    ]),
    real: new Map([
      ...inputs.real,
      ['weights', realWeights],
      ['factor', Float64Array.from(entries, ({ real }) => real)],
    ]),
  };
}
