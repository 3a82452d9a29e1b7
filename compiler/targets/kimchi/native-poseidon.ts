// The Poseidon permutation of o1js's native backend, about ten times as fast as ours over bigint. Loading it loads neither
// o1js nor its threads.
import { createRequire } from 'node:module';
import { adoptPermutation, type Permutation } from '../../numbers/poseidon-fast.ts';

/** Flat states in and out: three elements of 32 bytes, little-endian. */
interface Addon {
  readonly caml_pasta_fp_poseidon_block_cipher: (state: Uint8Array) => Uint8Array;
}

/** Commitments are hashed natively from now on, where the backend is here and agrees with our own; says whether. */
export function useNativePoseidon(): boolean {
  const permutation = nativePermutation();
  return permutation !== undefined && adoptPermutation(permutation);
}

/** Undefined where the package does not load, or O1JS_BACKEND asks for wasm. Not to be trusted before a comparison. */
export function nativePermutation(): Permutation | undefined {
  if (process.env['O1JS_BACKEND'] === 'wasm') return undefined;
  const addon = load();
  if (!addon) return undefined;
  const words = new BigUint64Array(12);
  const bytes = new Uint8Array(words.buffer);
  return (state) => {
    state.forEach((x, i) => {
      for (let k = 0; k < 4; k++) words[4 * i + k] = BigInt.asUintN(64, x >> shifts[k]!);
    });
    const view = viewOf(addon.caml_pasta_fp_poseidon_block_cipher(bytes));
    return [elementAt(view, 0), elementAt(view, 32), elementAt(view, 64)];
  };
}

const shifts = [0n, 64n, 128n, 192n] as const;

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const elementAt = (view: DataView, at: number): bigint =>
  shifts.reduce<bigint>(
    (sum, shift, k) => sum | (view.getBigUint64(at + 8 * k, true) << shift),
    0n,
  );

function load(): Addon | undefined {
  try {
    const near = createRequire(import.meta.resolve('o1js'));
    const addon = near(`@o1js/native-${process.platform}-${process.arch}`) as Partial<Addon>;
    return typeof addon.caml_pasta_fp_poseidon_block_cipher === 'function'
      ? (addon as Addon)
      : undefined;
  } catch {
    return undefined;
  }
}
