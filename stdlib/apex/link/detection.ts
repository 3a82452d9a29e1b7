// How likely a link is to catch a client that has registered other weights than it had unlearned in some of the blocks. The sample has
// n of B blocks without repetition, so it misses c blocks with the chance Π_{i<n} (B − c − i) / (B − i). With c = ⌈f B⌉ each factor
// is at most 1 − f.

export interface Cheating {
  /** All blocks of the scope: B. */
  readonly blocks: number;
  /** In which the new registration differs: c ≤ B. */
  readonly cheated: number;
  /** That the link compares; more than there are is all of them. */
  readonly sampled: number | 'all';
}

/** The probability that the sample holds one of the blocks. */
export function detection({ blocks, cheated, sampled }: Cheating): number {
  const drawn = sampled === 'all' ? blocks : Math.min(sampled, blocks);
  if (cheated === 0) return 0;
  // Where honest blocks are fewer than the sample, a factor is 0.
  if (drawn > blocks - cheated) return 1;
  let log = 0;
  for (let i = 0; i < drawn; i++) log += Math.log1p(-cheated / (blocks - i));
  return -Math.expm1(log);
}

/** A lower bound for every number of blocks: 1 − (1 − f)^n for the fraction f of them. */
export const leastDetection = (fraction: number, sampled: number | 'all'): number =>
  sampled === 'all' ? Number(fraction > 0) : -Math.expm1(sampled * Math.log1p(-fraction));
