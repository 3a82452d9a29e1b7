// The inputs that an audit tries: inputs that the author gives, others like them, and random ones.
import fc from 'fast-check';
import type { InputValues } from '../constraints/witness.ts';
import type { Program } from '../ir/program.ts';
import { arbitraryInputs } from '../testing/arbitrary-inputs.ts';
import { variations } from './inputs.ts';

export function candidates(
  program: Program,
  given: readonly InputValues[],
  seed: number,
): InputValues[] {
  const like = given.flatMap((each) => variations(program, each, { count: 30, seed }));
  const random = fc.sample(arbitraryInputs(program), { numRuns: 20, seed });
  return [...given, ...like, ...random.map(({ fixed }) => fixed)];
}
