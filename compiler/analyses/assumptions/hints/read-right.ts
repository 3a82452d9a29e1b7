// A hint's code can mean another thing than its text where a name in it is hidden, as by an own Math. So the formula that was
// read is compared with what the code computes. This is no proof, but it finds names that are hidden by mistake.
import { fractionOf } from '../../../ir/format.ts';
import type { LoweredProgram } from '../../../meanings/circuit.ts';
import type { TensorType } from '../../../ir/program.ts';
import { sizeOf } from '../../../ir/shape.ts';
import { findHint, type Hint } from '../../../ops/shared/hints.ts';
import { toReal } from '../../../numbers/rounding.ts';
import { combined, type Condition, type Formula } from './formula.ts';

const samples = 24;

/** Relative to the size of the value: the loss of float64 when it computes in another order. */
const tolerance = 2 ** -30;

export function isReadRight(
  formula: Formula,
  hint: string,
  line: number,
  { program, ranges }: LoweredProgram,
): boolean {
  const { arguments: args, type } = program.lines[line]!;
  const run = findHint(hint);
  return Array.from({ length: samples }, (_, sample) => sample).every((sample) => {
    const tensors = args.map((number, i) =>
      Float64Array.from(ranges[number]!, ({ low, high }, element) => {
        const bits = fractionOf(program.lines[number]!.type.format);
        const [from, to] = [toReal(low, bits), toReal(high, bits)];
        return from + (to - from) * partOf(sample, i + element * args.length);
      }),
    );
    const values = valuesOf(run, tensors, type);
    if (values?.length !== sizeOf(type.shape)) return false;
    return values.every((value, element) =>
      isSame(
        value,
        valueOf(
          formula,
          tensors.map((tensor) => tensor[element]!),
        ),
      ),
    );
  });
}

/** Undefined where the code throws, or gives none. */
function valuesOf(run: Hint, args: readonly Float64Array[], type: TensorType) {
  try {
    return run(args, type) as Float64Array | undefined;
  } catch {
    return undefined;
  }
}

/** Numbers of 0 to 1, both ends among them, that differ for different places. */
function partOf(sample: number, place: number): number {
  if (sample < 2) return sample;
  const golden = (Math.sqrt(5) - 1) / 2;
  return (sample * golden + place * golden * golden) % 1;
}

const isSame = (a: number, b: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

function valueOf(formula: Formula, args: readonly number[]): number {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'element':
      return args[formula.argument]!;
    case 'root':
      return Math.sqrt(valueOf(formula.of, args));
    case 'operation':
      return combined[formula.is](valueOf(formula.left, args), valueOf(formula.right, args));
    case 'choice':
      return valueOf(holds(formula.when, args) ? formula.then : formula.otherwise, args);
  }
}

function holds(condition: Condition, args: readonly number[]): boolean {
  if (condition.kind === 'logic') {
    const [left, right] = [holds(condition.left, args), holds(condition.right, args)];
    return condition.is === '&&' ? left && right : left || right;
  }
  const [a, b] = [valueOf(condition.left, args), valueOf(condition.right, args)];
  switch (condition.is) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '===':
      return a === b;
  }
}
