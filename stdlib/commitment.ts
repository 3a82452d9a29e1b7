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
