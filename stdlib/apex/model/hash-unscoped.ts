// One hash of everything that unlearning must leave alone. What is hashed:
//   "lethe unscoped tensors 1\n", the number of tensors, then for each in the order of its name's UTF-8 bytes:
//   name, dtype, rank, sizes, number of bytes, bytes
// Numbers are 64-bit little-endian; a text is its length in bytes and its UTF-8. Files and metadata don't count.
import { createHash } from 'node:crypto';
import { dtypes } from '../../../compiler/files/index.ts';
import type { Model } from './model.ts';
import { checkScope } from './scope.ts';
import type { Scope } from './scope.ts';

/** SHA-256 of a salt of 32 random bytes, 64 hexadecimal digits, and the hash: without the salt nobody can compare models. */
export const saltedUnscoped = (hash: string, salt: string): string =>
  createHash('sha256').update(`lethe salted unscoped tensors\n${salt}\n${hash}`).digest('hex');

/**
 * SHA-256, 64 hexadecimal digits, of all tensors outside the scope, streamed. Equal for the same tensors in one file or in
 * several.
 * @throws FileError as `checkScope`, or of reading.
 */
export async function hashUnscoped(model: Model, scope: Scope): Promise<string> {
  checkScope(model, scope);
  const scoped = new Set(scope.tensors.map(({ name }) => name));
  const names = [...model.tensors.keys()].filter((name) => !scoped.has(name));
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  const hash = createHash('sha256').update('lethe unscoped tensors 1\n');
  const number = (value: number): void => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    hash.update(bytes);
  };
  const text = (value: string): void => {
    number(Buffer.byteLength(value));
    hash.update(value);
  };
  number(names.length);
  for (const name of names) {
    const { dtype, shape, count } = model.tensors.get(name)!;
    text(name);
    text(dtype);
    number(shape.length);
    for (const size of shape) number(size);
    number(count * dtypes[dtype].bytes);
    for await (const piece of model.bytes(name)) hash.update(piece);
  }
  return hash.digest('hex');
}
