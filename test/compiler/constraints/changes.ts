// What an attacker may write in place of a value x, as quick tests need it; the harness knows many more.
import { modulus } from '../../../compiler/numbers/field.ts';

export const changes: readonly ((x: bigint) => bigint)[] = [
  (x) => x + 1n,
  (x) => x - 1n,
  (x) => -x,
  () => 0n,
  (x) => x + 4096n,
  (x) => x - 4096n,
  (x) => x + (1n << 64n),
  (x) => x + modulus / 2n,
  () => modulus - 1n,
];
