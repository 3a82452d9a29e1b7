// The declared distance of advice: a prover gets nearly as far, and no farther.
import { expect, test } from 'vitest';
import { fractionOf } from '../../compiler/ir/format.ts';
import { evaluateReal } from '../../compiler/meanings/real.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import rmsNorm from '../../examples/rms-norm.ts';
import { seededRandom } from '../../examples/unlearn-digits/random.ts';
import { compileOnce } from '../compiled.ts';
import { evaluateAdversary } from './adversary.ts';
import { sampleNormed } from './tasks.ts';

test('rms-norm: r is moved by 99 % of what is declared', () => {
  const { program } = compileOnce(rmsNorm);
  const line = program.lines.findIndex(({ op }) => op === 'advice');
  const { attributes, type } = program.lines[line]!;
  const within = attributes['within'] as number;
  const random = seededRandom(2);
  let farthest = 0;
  for (let run = 0; run < 20; run++) {
    const inputs = sampleNormed(program, random, { extreme: true, aligned: false });
    const values = evaluateAdversary(program, inputs.fixed)?.[line];
    const reals = evaluateReal(program, inputs.real)[line]!;
    values?.forEach((x, i) => {
      farthest = Math.max(farthest, Math.abs(toReal(x, fractionOf(type.format)) - reals[i]!));
    });
  }
  expect(farthest).toBeLessThanOrEqual(within);
  expect(farthest).toBeGreaterThan(0.99 * within);
});
