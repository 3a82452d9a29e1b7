// Inputs of the examples that decide or choose: around the places where a decision changes, and where advice moves an output most.
import type { BoundInputs } from '../../compiler/inputs/bind.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import type { Random } from '../../examples/unlearn-digits/random.ts';
import { offReal, sampleInputs, type Style } from './samples.ts';

/** The inputs with one tensor replaced. */
function replaced(
  { fixed, real }: BoundInputs,
  name: string,
  integers: bigint[],
  reals: readonly number[],
): BoundInputs {
  return {
    fixed: new Map([...fixed, [name, integers]]),
    real: new Map([...real, [name, Float64Array.from(reals)]]),
  };
}

/** Gradients within a few units of ±1, or anywhere inside; their rounding works with that of the weights, or is any. */
export function sampleClipped(program: Program, random: Random, style: Style): BoundInputs {
  const inputs = sampleInputs(program, random, style);
  const one = 2 ** 16;
  const weights = inputs.fixed.get('weights')!;
  const gradient = weights.map(() => {
    const tie = (random.integer(2) === 0 ? 1 : -1) * one + random.integer(7) - 3;
    return BigInt(style.extreme ? tie : Math.round((2 * random.uniform() - 1) * one));
  });
  const reals = gradient.map((g, i) => {
    const away = weights[i]! < 0n ? 1 : -1;
    return offReal(g, (style.aligned ? away : 2 * random.uniform() - 1) * 0.499999, 16);
  });
  return replaced(inputs, 'gradient', gradient, reals);
}

/** Importances within a few units of I_f = α I, or anywhere on the side that is selected. */
export function sampleDampened(program: Program, random: Random, style: Style): BoundInputs {
  const inputs = sampleInputs(program, random, style);
  const alpha = program.parameters['alpha']!;
  const all = inputs.fixed.get('all')!.map(() => Math.floor(2 ** (16 * random.uniform())) - 1);
  const forget = all.map((x) => {
    const more = style.extreme ? random.integer(5) - 2 : random.integer(2 ** 19);
    return Math.max(0, alpha * x + more);
  });
  const put = (into: BoundInputs, name: string, values: readonly number[]): BoundInputs => {
    const reals = values.map((value) => value / 2 ** 16);
    return replaced(into, name, values.map(BigInt), reals);
  };
  return put(put(inputs, 'forget', forget), 'all', all);
}

/** Numbers from 0 on, a few last places or a square: where a root is rounded down most. */
export function sampleRoots(program: Program, random: Random, style: Style): BoundInputs {
  const inputs = sampleInputs(program, random, style);
  if (!style.extreme) return inputs;
  const x = inputs.fixed.get('x')!.map(() => BigInt(random.integer(3)));
  const reals = x.map((value) => offReal(value, 0.499999, 12));
  return replaced(inputs, 'x', x, reals);
}

/**
 * An output γ x r moves with r most where x / √v is largest: all of a row in one element, and γ at an end. At v = 1/4, r is
 * largest.
 */
export function sampleNormed(program: Program, random: Random, style: Style): BoundInputs {
  const inputs = sampleInputs(program, random, style);
  if (!style.extreme) return inputs;
  const width = inputs.fixed.get('gamma')!.length;
  const x = inputs.fixed.get('x')!.map((_, i) => {
    const largest = i % width === 0;
    // From √(width / 4) up, where the mean square is 1/4.
    const size = Math.sqrt(width / 4) * (1 + random.uniform() ** 6);
    return BigInt(Math.round((largest ? size : random.uniform() * 0.02) * 2 ** 12));
  });
  return replaced(
    inputs,
    'x',
    x,
    x.map((value) => toReal(value, 12)),
  );
}
