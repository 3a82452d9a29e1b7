// One block of a client's holdings.
import type { Holdings } from './state.ts';

export interface HeldBlock {
  /** Integers, [size] and [curvatureLength]. */
  readonly weights: Int32Array;
  readonly curvature: Int32Array;
  readonly weightSalts: Uint16Array;
  readonly curvatureSalts: Uint16Array;
}

/** Views of the parts of a block. */
export function heldBlock(holdings: Holdings, block: number): HeldBlock {
  const blocks = holdings.leaves.length;
  const part = <T extends Int32Array | Uint16Array>(array: T): T => {
    const length = array.length / blocks;
    return array.subarray(block * length, (block + 1) * length) as T;
  };
  return {
    weights: part(holdings.weights),
    curvature: part(holdings.curvature),
    weightSalts: part(holdings.weightSalts),
    curvatureSalts: part(holdings.curvatureSalts),
  };
}
