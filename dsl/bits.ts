// The logic of bits: each result is a bit again, without rounding.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { bit } from '../compiler/ir/format.ts';
import { renderType } from '../compiler/ir/program.ts';
import { isTensor, operandHint, refuse } from './slips.ts';
import { authorLine } from './source-line.ts';
import type { Tensor } from './tensor.ts';

export const not = (a: Tensor): Tensor => {
  requireBits('not', a);
  return one(a).sub(a).rescale(bit);
};

export function and(a: Tensor, b: Tensor): Tensor {
  requireBits('and', a, b);
  return a.mul(b);
}

export function or(a: Tensor, b: Tensor): Tensor {
  requireBits('or', a, b);
  return a.select(one(a), b);
}

export function xor(a: Tensor, b: Tensor): Tensor {
  requireBits('xor', a, b);
  return a.select(not(b), b);
}

const one = (like: Tensor): Tensor => like.constantLike(1, { shape: [], format: bit });

/** Throws `wrong-argument` or `format-mismatch`. */
function requireBits(method: string, ...operands: readonly Tensor[]): void {
  for (const each of operands)
    if (!isTensor(each)) refuse(`${method} expects a tensor of bits`, each, operandHint(each));
  const other = operands.find(({ format }) => format.kind !== 'bit');
  if (other)
    fail(
      'format-mismatch',
      `${method} expects bits, got ${renderType(other)}`,
      'a comparison is a bit: x.atLeast(0), x.equals(1); a number that is 0 or 1 becomes one: x.rescale(bit)',
      authorLine(),
    );
}
