// Elements of a tensor mostly have coefficients of the same intervals: what depends on those alone is computed once.
import type { Interval } from '../../../numbers/interval.ts';

/** `f`, computed once for equal lists of intervals. */
export function remembered<T>(
  f: (known: readonly Interval[]) => T,
): (known: readonly Interval[]) => T {
  const results = new Map<string, T>();
  return (known) => {
    const key = known.map(({ low, high }) => `${low} ${high}`).join();
    const before = results.get(key);
    if (before !== undefined) return before;
    const result = f(known);
    results.set(key, result);
    return result;
  };
}
