// Inputs like the ones that are given: a mutant that changes a product by zero shows only where the factor is not zero.
import fc from 'fast-check';
import type { InputValues } from '../constraints/witness.ts';
import { formatInterval, isOpaque, type Format } from '../ir/format.ts';
import { inputsOf } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import { modulus } from '../numbers/field.ts';

/** `count` variations: opaque values anew, a bit in four turned, numbers moved by up to a 16th of themselves. */
export function variations(
  program: Program,
  given: InputValues,
  { count, seed }: { readonly count: number; readonly seed: number },
): InputValues[] {
  const tensors = inputsOf(program).map(({ name, type }) =>
    fc
      .tuple(...given.get(name)!.map((x) => near(x, type.format)))
      .map((values) => [name, values] as const),
  );
  return fc
    .sample(fc.tuple(...tensors), { numRuns: count, seed })
    .map((entries) => new Map(entries));
}

function near(x: bigint, format: Format): fc.Arbitrary<bigint> {
  if (isOpaque(format)) return fc.bigInt({ min: 0n, max: modulus - 1n });
  if (format.kind === 'bit') return fc.nat({ max: 3 }).map((turn) => (turn === 0 ? 1n - x : x));
  const { low, high } = formatInterval(format);
  const reach = ((x < 0n ? -x : x) >> 4n) + 8n;
  const [least, most] = [x - reach < low ? low : x - reach, x + reach > high ? high : x + reach];
  return fc.oneof(fc.constant(x), fc.bigInt({ min: least, max: most }));
}
