// The inputs of laws where an author gives none: anything that the formats hold, and where assertions refuse nearly all of that, every
// other time honest inputs that were found.
import fc from 'fast-check';
import type { BoundInputs } from '../../inputs/bind.ts';
import type { Program } from '../../ir/program.ts';
import { evaluateFixed } from '../../meanings/fixed.ts';
import { arbitraryInputs } from '../arbitrary-inputs.ts';
import { exactInputs } from '../exact-inputs.ts';
import { findHonest } from './find.ts';

/** Random inputs are enough where a tenth of the samples is honest; else so many others are wanted. */
const [samples, wanted, seed] = [40, 24, 1];

/** Each law asks for the inputs of one program. */
const known = new WeakMap<Program, fc.Arbitrary<BoundInputs>>();

export function defaultInputs(program: Program): fc.Arbitrary<BoundInputs> {
  const before = known.get(program);
  if (before) return before;
  const inputs = mixedInputs(program);
  known.set(program, inputs);
  return inputs;
}

function mixedInputs(program: Program): fc.Arbitrary<BoundInputs> {
  const anything = arbitraryInputs(program);
  const honest = fc
    .sample(anything, { numRuns: samples, seed })
    .filter(({ fixed }) => evaluateFixed(program, fixed).findings.length === 0);
  if (honest.length * 10 >= samples) return anything;
  const found = findHonest(program, {
    seed,
    count: wanted,
    known: honest.map(({ fixed }) => fixed),
  });
  const all = [...honest, ...found.honest.map((fixed) => exactInputs(program, fixed))];
  // Inputs that were found shrink towards others that were found.
  return all.length > 0 ? fc.oneof(anything, fc.constantFrom(...all)) : anything;
}
