// Poseidon as kimchi proves it: 55 full rounds of SBOX (x^7), MDS, then round constants, on a state of three.
// Not constant-time: for witnesses and references, as all of the compiler's arithmetic on secrets.
import { canonical, modulus } from './field.ts';
import { matrix, roundConstants } from './poseidon-parameters.ts';

export type State = readonly [bigint, bigint, bigint];

const parse = (rows: readonly (readonly string[])[]): State[] =>
  rows.map(([a, b, c]) => [BigInt(`0x${a}`), BigInt(`0x${b}`), BigInt(`0x${c}`)]);
const mds = parse(matrix);
const constants = parse(roundConstants);

/** The Poseidon permutation on canonical field elements. */
export function permute(state: State): State {
  let current = state;
  for (const constant of constants) {
    const [x, y, z] = [power7(current[0]), power7(current[1]), power7(current[2])];
    const row = (i: 0 | 1 | 2): bigint => {
      const [a, b, c] = mds[i]!;
      return (a * x + b * y + c * z + constant[i]) % modulus;
    };
    current = [row(0), row(1), row(2)];
  }
  return current;
}

/** The sponge of rate 2 over zero-padded blocks: equal to o1js's `Poseidon.hash`. An empty input is one zero block. */
export const hash = (inputs: readonly bigint[]): bigint => sponge(inputs, permute);

/** The sponge over any permutation of states. */
export function sponge(inputs: readonly bigint[], permutation: (state: State) => State): bigint {
  return blocks(inputs).reduce<State>(
    ([x, y, z], [a, b]) => permutation([canonical(x + (a ?? 0n)), canonical(y + (b ?? 0n)), z]),
    [0n, 0n, 0n],
  )[0];
}

/** The inputs in blocks of two, the rate; the last one may be shorter. At least one block. */
export function blocks<T>(inputs: readonly T[]): T[][] {
  const count = Math.max(1, Math.ceil(inputs.length / 2));
  return Array.from({ length: count }, (_, i) => inputs.slice(2 * i, 2 * i + 2));
}

/** What the ops on field elements, and on expressions for them, have in common. */
interface Additive<T> {
  readonly zero: T;
  add(a: T, b: T): T;
}

/**
 * The permutation as a compression function, chained: h = P(a, b, c)_0 + a, then h' = P(h, d, e)_0 + h. Missing inputs
 * are 0; the length must be fixed by the use.
 */
export function chained<T>(
  inputs: readonly T[],
  { zero, add }: Additive<T>,
  permutation: (state: readonly [T, T, T]) => readonly [T, T, T],
): T {
  const [first = zero, ...others] = inputs;
  let digest = first;
  for (const [a = zero, b = zero] of blocks(others))
    digest = add(permutation([digest, a, b])[0], digest);
  return digest;
}

/** Of canonical field elements. */
export const compress = (inputs: readonly bigint[]): bigint => compressWith(inputs, permute);

/** As `compress`, over any permutation of states. */
export const compressWith = (
  inputs: readonly bigint[],
  permutation: (state: State) => State,
): bigint => chained(inputs, { zero: 0n, add: (a, b) => canonical(a + b) }, permutation);

function power7(x: bigint): bigint {
  const square = (x * x) % modulus;
  const fourth = (square * square) % modulus;
  return (((fourth * square) % modulus) * x) % modulus;
}
