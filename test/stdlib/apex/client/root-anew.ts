// The root that a registration should have committed to.
import type { State } from '../../../../stdlib/apex/client/state.ts';
import { hashRange } from '../../../../stdlib/apex/hashing/hash-range.ts';
import { weightCount } from '../../../../stdlib/apex/model/index.ts';

/** The root of the leaves that the arrays and the seed of a small state give, made anew. */
export async function rootAnew({ folder, plan }: State): Promise<bigint> {
  const { scope, step } = plan;
  const source = { kind: 'held', held: { folder, scope, step } } as const;
  return hashRange({ source, leaves: weightCount(scope), rangeHeight: 15 }, 0);
}
