// What is measured: forms of the curvature, block sizes, and the tiles that are really proved.
import type { StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import { forms, type FormName } from '../../../stdlib/apex/forms/index.ts';

export const weightBits = 24;
export const weightRange = 4;

export interface FormCase {
  /** In tables and on the command line. */
  readonly name: string;
  readonly form: FormName;
  /** Of a factor; full when left out. */
  readonly rank?: number;
}

export const formCases: readonly FormCase[] = [
  { name: 'inverse', form: 'inverse' },
  { name: 'factor', form: 'factor' },
  { name: 'factor rank 8', form: 'factor', rank: 8 },
  { name: 'kkt', form: 'kkt' },
];

export const blockSizes = [8, 16, 64, 256, 576] as const;

/** The formats of a plan that names none. Undefined where the rank is full anyway. */
export function specOf({ form, rank }: FormCase, size: number): StepSpec | undefined {
  if (rank !== undefined && rank >= size) return undefined;
  const formats = forms[form].formats(weightBits, weightRange);
  return { form, size, ...(rank === undefined ? {} : { rank }), formats };
}

/** A tile that is proved. */
export interface ProofCase {
  readonly name: string;
  readonly form: FormCase;
  readonly size: number;
  /** Rows of the tile, as a power of two. */
  readonly log: number;
}

const [inverse, factor, lowRank, kkt] = formCases as [FormCase, FormCase, FormCase, FormCase];

export const proofCases: readonly ProofCase[] = [
  ...[13, 14, 15, 16].map((log) => ({ name: `inverse-8-${log}`, form: inverse, size: 8, log })),
  { name: 'factor-8-14', form: factor, size: 8, log: 14 },
  { name: 'kkt-8-14', form: kkt, size: 8, log: 14 },
  { name: 'factor-64-rank-8-15', form: lowRank, size: 64, log: 15 },
];
