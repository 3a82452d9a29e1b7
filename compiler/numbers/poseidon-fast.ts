// Poseidon for millions of inputs outside a circuit: the sponge of poseidon.ts over the fastest permutation that this process
// has, which is `permute` until a faster one has shown that it is equal. Circuits, and what checks them, do not use it.
import { modulus } from './field.ts';
import { compressWith, permute, sponge, type State } from './poseidon.ts';

/** Equal to `permute`, on canonical field elements. */
export type Permutation = (state: State) => State;

let permutation: Permutation = permute;

/** As `hash` of poseidon.ts. */
export const hash = (inputs: readonly bigint[]): bigint => sponge(inputs, permutation);

/** As `compress` of poseidon.ts. */
export const compress = (inputs: readonly bigint[]): bigint => compressWith(inputs, permutation);

/** From now on `hash` and `compress` compute with this one. Returns false, and changes nothing, where it differs from `permute` or throws. */
export function adoptPermutation(candidate: Permutation): boolean {
  if (!isPoseidon(candidate)) return false;
  permutation = candidate;
  return true;
}

/** How many steps {@link paced} takes between two pauses. */
export const paceLength = 4096;

/**
 * Calls `action` with 0 … count − 1, a few hashes each, and pauses now and then: an adopted permutation may hold native memory
 * that is only given back when the event loop turns (o1js's: 0.4 kB a call).
 */
export async function paced(count: number, action: (index: number) => unknown): Promise<void> {
  for (let index = 0; index < count; index++) {
    await action(index);
    if ((index + 1) % paceLength === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What `hash` computes with: for tests, and to go back. */
export const adoptedPermutation = (): Permutation => permutation;

/** Words of all ones and all zeros at every place, the ends of the field, and a chain from there. */
const probes: readonly State[] = [
  [0n, 0n, 0n],
  [modulus - 1n, modulus - 1n, modulus - 1n],
  [1n, modulus - 2n, modulus >> 1n],
  [(1n << 64n) - 1n, 1n << 64n, (1n << 128n) - (1n << 64n)],
  [1n << 192n, (1n << 254n) - 1n, 1n << 254n],
];

function isPoseidon(candidate: Permutation): boolean {
  const agrees = (state: State): State | undefined => {
    const expected = permute(state);
    return candidate(state).every((x, i) => x === expected[i]) ? expected : undefined;
  };
  try {
    return probes.every((probe) => {
      const next = agrees(probe);
      return next !== undefined && agrees(next) !== undefined;
    });
  } catch {
    return false;
  }
}
