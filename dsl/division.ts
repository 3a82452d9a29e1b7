// Quotient and remainder of integers, the two halves of one line `div-mod`.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { bit, narrowestFormat } from '../compiler/ir/format.ts';
import { interval } from '../compiler/numbers/interval.ts';
import { isTensor, refuse } from './slips.ts';
import { authorLine } from './source-line.ts';
import type { Operand, Tensor } from './tensor.ts';

const half = (a: Tensor, divisor: Operand, start: number): Tensor => {
  const both = a.apply('div-mod', [divisorOf(a, divisor)]);
  return both.slice({ axis: 0, start, end: start + 1 }).reshape(both.shape.slice(1));
};

export const divFloor = (a: Tensor, divisor: Operand): Tensor => half(a, divisor, 0);

/** By a number, in the narrowest format: a bit for 2. */
export function mod(a: Tensor, divisor: Operand): Tensor {
  const remainder = half(a, divisor, 1);
  if (typeof divisor !== 'number') return remainder;
  if (divisor === 2) return remainder.rescale(bit);
  return remainder.rescale(narrowestFormat(interval(0n, BigInt(divisor) - 1n), 0));
}

function divisorOf(a: Tensor, divisor: Operand): Tensor {
  if (typeof divisor !== 'number') {
    if (!isTensor(divisor)) refuse('a divisor is a tensor or a number', divisor, 'x.divFloor(10)');
    return divisor;
  }
  if (!Number.isSafeInteger(divisor) || divisor < 1)
    fail(
      'bad-value',
      `a divisor of ${divisor}`,
      'a whole number that is at least 1; for others scale by the reciprocal: x.scale(1 / d, { fraction })',
      authorLine(),
    );
  const value = BigInt(divisor);
  return a.constantLike(divisor, { shape: [], format: narrowestFormat(interval(value, value), 0) });
}
