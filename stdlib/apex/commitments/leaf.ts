// Commitments to the integers of one Fisher block, as the tile's circuit makes them: Poseidon of a salt and packed lanes.
import { randomBytes } from 'node:crypto';
import { formatInterval, numeric, type Format } from '../../../compiler/ir/format.ts';
import { modulus } from '../../../compiler/numbers/field.ts';
import { hash } from '../../../compiler/numbers/poseidon-fast.ts';

/** The digest that `commit` gives in a circuit. Integers must be of the format. */
export const leafOf = (integers: Iterable<number>, format: Format, salt: bigint): bigint =>
  hash([salt, ...packed(integers, format)]);

/** Lanes of field elements, as `Tensor.pack` fills them. */
function packed(integers: Iterable<number>, format: Format): bigint[] {
  const { bits } = numeric(format)!;
  const { low } = formatInterval(format);
  const lanes = Math.floor(254 / bits);
  const fields: bigint[] = [];
  let [field, lane] = [0n, 0];
  for (const value of integers) {
    field += (BigInt(value) - low) << BigInt(bits * lane);
    if (++lane < lanes) continue;
    fields.push(field);
    [field, lane] = [0n, 0];
  }
  if (lane > 0) fields.push(field);
  return fields;
}

/** A salt, uniform in the field: commitments hide the few bits of their weights behind it. */
export function randomSalt(): bigint {
  for (;;) {
    const bytes = randomBytes(32);
    bytes[0]! &= 0x7f;
    const value = BigInt(`0x${bytes.toString('hex')}`);
    if (value < modulus) return value;
  }
}
