// Multi-head attention, of digits (each patch sees all) and of text (each character sees itself and what came before).
import { nn, numpy as np } from '@jax-js/jax';

export interface Attention {
  /** Divides the width. */
  readonly heads: number;
  /** Whether a token sees only itself and those before it. */
  readonly causal: boolean;
}

/**
 * softmax(QKᵀ/√d)V for each head, heads side by side again in the result [n, t, width]. Consumes the tokens [n, t, width];
 * `project` makes Q, K and V of them, and consumes its input.
 */
export function attention(
  { heads, causal }: Attention,
  tokens: np.Array,
  project: (part: 'query' | 'key' | 'value', input: np.Array) => np.Array,
): np.Array {
  const [count, length, width] = tokens.shape as [number, number, number];
  const depth = width / heads;
  const byHead = (input: np.Array): np.Array =>
    input.reshape([count, length, heads, depth]).transpose([0, 2, 1, 3]);
  const query = byHead(project('query', tokens.ref));
  const key = byHead(project('key', tokens.ref));
  const value = byHead(project('value', tokens));
  const scores = np.matmul(query, key.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(depth));
  const seen = causal ? scores.add(np.tri(length).sub(1).mul(1e9)) : scores;
  const mixed = np.matmul(nn.softmax(seen, -1), value);
  return mixed.transpose([0, 2, 1, 3]).reshape([count, length, width]);
}
