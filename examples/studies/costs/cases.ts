// The cases that are measured: block sizes, and the tiles that are really proved.
import { makeSpec, type StepSpec } from '../../../stdlib/apex/step/index.ts';

export const weightBits = 24;
export const weightRange = 4;

export const blockSizes = [8, 16, 32, 64] as const;

const specs = new Map<number, StepSpec>();

/** The formats of a plan that names none; the same object each time, so that rows are counted once. */
export function specOf(size: number): StepSpec {
  const spec = specs.get(size) ?? makeSpec({ size, weightBits, weightRange });
  specs.set(size, spec);
  return spec;
}

/** A tile that is proved. */
export interface ProofCase {
  readonly name: string;
  /** In a block. */
  readonly size: number;
  /** Rows of the tile, as a power of two. */
  readonly log: number;
}

/** The size whose tiles are proved at every size of a tile. */
export const mainSize = 32;

const proofCase = (size: number, log: number): ProofCase => ({ name: `${size}-${log}`, size, log });

export const proofCases: readonly ProofCase[] = [
  ...[13, 14, 15, 16].map((log) => proofCase(mainSize, log)),
  proofCase(8, 14),
  proofCase(64, 14),
];
