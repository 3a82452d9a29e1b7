// The largest element along an axis.
import type { Tensor } from '../dsl/index.ts';

/** The largest element of each row [..., n]; without the last axis. Its error is at most that of the elements. */
export function maximum(x: Tensor): Tensor {
  const n = x.shape.at(-1)!;
  if (n === 1) return x.reshape(x.shape.slice(0, -1));
  const half = Math.floor(n / 2);
  const part = (start: number, end: number): Tensor => x.slice({ axis: -1, start, end });
  const larger = part(0, half).max(part(half, 2 * half));
  if (n % 2 === 0) return maximum(larger);
  return maximum(larger).max(maximum(part(n - 1, n)));
}
