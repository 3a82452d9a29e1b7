// Commitments to fixed-point vectors.
import { concat, type Tensor } from '../dsl/index.ts';

/**
 * Poseidon of a salt and the packed values: one digest for each row of the last axis. Binding, and hiding as long as
 * each row has a salt of its own, uniform in the field and kept secret; without one, weights of few bits can be guessed.
 *
 * @param values numbers, [..., n]
 * @param salts field elements, [..., 1]
 */
export function commit(values: Tensor, { salts }: { salts: Tensor }): Tensor {
  return concat([salts, values.pack()], { axis: -1 }).hash();
}

/**
 * A digest of words that numbers are unpacked from, and of what is committed already: one for each row of the last axis.
 * Binding; hiding as long as the random bits of the words, or a digest among `others` that is kept secret, cannot be guessed.
 *
 * @param words u(64, 0), [..., w]
 * @param others field elements or digests, [...]
 * @param options.domain see `Tensor.pack`
 */
export function commitWords(
  words: Tensor,
  others: readonly Tensor[] = [],
  options: { domain?: number } = {},
): Tensor {
  const elements = others.map((other) => other.reshape([...other.shape, 1]));
  return concat([words.pack(options), ...elements], { axis: -1 }).compress();
}
