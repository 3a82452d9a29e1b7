// How tight the derived error bounds are: the largest error that is seen, by honest and by pushing provers.
import { analyzeErrors, largestError } from '../../compiler/meanings/error.ts';
import { fractionOf, isOpaque } from '../../compiler/ir/format.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { evaluateReal } from '../../compiler/meanings/real.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import { seededRandom } from '../../examples/unlearn-digits/random.ts';
import { compileOnce } from '../compiled.ts';
import { evaluateAdversary } from './adversary.ts';
import type { Measured } from './circuits.ts';
import { styles } from './samples.ts';

export interface Tightness {
  readonly title: string;
  readonly bound: number;
  readonly worst: number;
  /** Runs that an honest prover could prove. */
  readonly runs: number;
}

/** The largest derived bound among the outputs, and the largest error there in `runs` runs. Deterministic. */
export function measure({ title, circuit, parameters, sample }: Measured, runs: number): Tightness {
  const { program, ranges } = compileOnce(circuit, parameters);
  const errors = analyzeErrors(program, ranges);
  const random = seededRandom(1);
  const outputs = outputLines(program);
  let [worst, done] = [0, 0];
  for (let attempt = 0; done < runs && attempt < 10 * runs; attempt++) {
    const inputs = sample(program, random, styles[attempt % styles.length]!);
    const values = evaluateAdversary(program, inputs.fixed);
    if (!values) continue;
    done++;
    const reals = evaluateReal(program, inputs.real);
    for (const line of outputs) {
      const fraction = fractionOf(program.lines[line]!.type.format);
      values[line]!.forEach((x, i) => {
        worst = Math.max(worst, Math.abs(toReal(x, fraction) - reals[line]![i]!));
      });
    }
  }
  const bound = Math.max(...outputs.map((line) => largestError(errors[line]!)));
  return { title, bound, worst, runs: done };
}

/** The values that are exposed or packed for a commitment, but for inputs. */
function outputLines(program: Program): number[] {
  const said = program.lines.filter(({ op }) => op === 'expose' || op === 'pack');
  return said
    .flatMap(({ arguments: args }) => args)
    .filter((line) => program.lines[line]!.op !== 'input')
    .filter((line) => !isOpaque(program.lines[line]!.type.format));
}
