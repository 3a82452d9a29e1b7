// A public mask of the k largest of some secret scores, which a secret threshold parts from the others. docs/laws.md shows it.
import {
  arbitraryInputs,
  withIntegers,
  type LawOptions,
  type Specification,
} from '../../../../compiler/testing/index.ts';

/** Any of several equal scores may be among the k largest. */
export const spec: Specification<'scores' | 'mask', 'k'> = (
  { scores, mask },
  { parameters: { k } },
) => {
  const kept = scores.filter((_, i) => mask[i] === 1);
  const left = scores.filter((_, i) => mask[i] === 0);
  return kept.length === k && Math.min(...kept) >= Math.max(...left) ? {} : undefined;
};

export const inputs: NonNullable<LawOptions['inputs']> = (program) =>
  arbitraryInputs(program).map((bound) => {
    const scores = bound.fixed.get('scores')!;
    const order = [...scores.keys()].sort((a, b) => Number(scores[b]! - scores[a]!));
    const kept = order.slice(0, program.parameters['k']);
    const mask = scores.map((_, i) => (kept.includes(i) ? 1n : 0n));
    return withIntegers(program, bound, { mask, threshold: [scores[kept.at(-1)!]!] });
  });
