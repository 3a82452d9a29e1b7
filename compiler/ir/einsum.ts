// Subscripts of a contraction, as in einsum: `bij,bj->bi` sums over every letter that the result lacks.
import { fail } from '../diagnostics/diagnostic.ts';
import { renderShape, sizeOf, strides, type Shape } from './shape.ts';

export interface Contraction {
  /** The shape of the result. */
  readonly shape: Shape;
  /** How many products each element of the result is the sum of. */
  readonly length: number;
  /** For each element of the result, the positions in a and in b that are multiplied and summed. */
  pairs(): { a: number[]; b: number[] }[];
}

const grammar = /^([a-zA-Z]*),([a-zA-Z]*)->([a-zA-Z]*)$/;

/** Throws `bad-subscripts` or `shape-mismatch`. */
export function contraction(subscripts: string, a: Shape, b: Shape): Contraction {
  const match = grammar.exec(subscripts);
  if (!match)
    fail(
      'bad-subscripts',
      `cannot read the subscripts "${subscripts}"`,
      'write them as "bij,bj->bi"',
    );
  const [left, right, out] = [match[1]!, match[2]!, match[3]!];
  const lengths = new Map<string, number>();
  bind(subscripts, left, a, lengths);
  bind(subscripts, right, b, lengths);
  if (new Set(out).size !== out.length || [...out].some((letter) => !lengths.has(letter)))
    fail(
      'bad-subscripts',
      `"${subscripts}": the result's letters occur once each, and in an operand`,
      'name each axis of the result once, by a letter of an operand',
    );
  const summed = [...lengths.keys()].filter((letter) => !out.includes(letter));
  const shape = [...out].map((letter) => lengths.get(letter)!);
  const inner = summed.map((letter) => lengths.get(letter)!);
  const offsets = (letters: string, of: Shape) => {
    const outer = letterSteps(letters, of, out);
    const steps = letterSteps(letters, of, summed.join(''));
    return { starts: reach(shape, outer), steps: reach(inner, steps) };
  };
  return {
    shape,
    length: sizeOf(inner),
    pairs() {
      const [x, y] = [offsets(left, a), offsets(right, b)];
      return x.starts.map((start, i) => ({
        a: x.steps.map((step) => start + step),
        b: y.steps.map((step) => y.starts[i]! + step),
      }));
    },
  };
}

/** Subscripts of the operands in the other order. */
export const swapped = (subscripts: string): string =>
  subscripts.replace(
    grammar,
    (_, left: string, right: string, out: string) => `${right},${left}->${out}`,
  );

function bind(subscripts: string, letters: string, shape: Shape, lengths: Map<string, number>) {
  if (letters.length !== shape.length)
    fail(
      'shape-mismatch',
      `"${subscripts}": "${letters}" names ${letters.length} axes of a tensor of shape ${renderShape(shape)}`,
      'one letter for each axis',
    );
  [...letters].forEach((letter, axis) => {
    const known = lengths.get(letter) ?? shape[axis]!;
    if (known !== shape[axis])
      fail(
        'shape-mismatch',
        `"${subscripts}": ${letter} is ${known} in one place and ${shape[axis]} in another`,
        'a letter stands for one length',
      );
    lengths.set(letter, known);
  });
}

/** How far one step along each of `of` moves in a tensor whose axes are `letters`. */
function letterSteps(letters: string, shape: Shape, of: string): number[] {
  const step = strides(shape);
  return [...of].map((letter) =>
    [...letters].reduce((sum, own, axis) => (own === letter ? sum + step[axis]! : sum), 0),
  );
}

/** Σ index · step for every index of a shape, in row-major order. */
function reach(shape: Shape, steps: readonly number[]): number[] {
  return shape.reduce(
    (positions, length, axis) =>
      positions.flatMap((at) => Array.from({ length }, (_, i) => at + i * steps[axis]!)),
    [0],
  );
}
