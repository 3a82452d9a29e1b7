// The tolerance of a root: a prover gets nearly as far as the derived bound, and no farther.
import { expect, test } from 'vitest';
import { analyzeErrors, largestError } from '../../compiler/meanings/error.ts';
import { fractionOf } from '../../compiler/ir/format.ts';
import { evaluateReal } from '../../compiler/meanings/real.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import { seededRandom } from '../../examples/unlearn-digits/random.ts';
import { compileOnce } from '../compiled.ts';
import { evaluateAdversary } from './adversary.ts';
import { nearRoot } from './circuits.ts';
import { sampleInputs } from './samples.ts';

test('near-root: a root is moved by 99 % of its bound', () => {
  const { program, ranges } = compileOnce(nearRoot);
  const line = program.lines.findIndex(({ op }) => op === 'near-root');
  const { type } = program.lines[line]!;
  const bound = largestError(analyzeErrors(program, ranges)[line]!);
  const random = seededRandom(2);
  let farthest = 0;
  for (let run = 0; run < 20; run++) {
    const inputs = sampleInputs(program, random, { extreme: true, aligned: false });
    const values = evaluateAdversary(program, inputs.fixed)?.[line];
    const reals = evaluateReal(program, inputs.real)[line]!;
    values?.forEach((x, i) => {
      farthest = Math.max(farthest, Math.abs(toReal(x, fractionOf(type.format)) - reals[i]!));
    });
  }
  expect(farthest).toBeLessThanOrEqual(bound);
  expect(farthest).toBeGreaterThan(0.99 * bound);
});
