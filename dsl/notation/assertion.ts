// Comparisons as assertions: every element of a tensor against static bounds, exactly, or two sides that are equal.
import { formatInterval, fractionOf } from '../../compiler/ir/format.ts';
import { renderType } from '../../compiler/ir/program.ts';
import type { Tensor } from '../tensor.ts';
import { Emitter } from './emit.ts';
import type { Findings } from './findings.ts';
import { ceilingAt, exactFraction, floorAt, toNumber, type Rational } from './rational.ts';
import { spanning, type Comparison, type Span, type Statement } from './syntax.ts';
import type { Term, TensorTerm } from './terms.ts';

/** value < bound, value ≥ bound, and so on. */
interface Bound {
  readonly is: Comparison;
  readonly bound: Rational;
  readonly span: Span;
}

export interface Assertion {
  readonly value: TensorTerm;
  /** Empty: the value is 0. */
  readonly bounds: readonly Bound[];
}

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' } as const;

/** Throws a LetheError. */
export function assertionOf(
  findings: Findings,
  sides: readonly Term[],
  { comparisons }: Statement,
): Assertion {
  const span = spanning(sides[0]!.span, sides.at(-1)!.span);
  const values = sides.filter((side): side is TensorTerm => side.kind !== 'constant');
  const directions = new Set(comparisons.map(({ is }) => is[0]));
  const refuse = (message: string, hint: string): never =>
    findings.refuse('bad-comparison', message, hint, span);
  if (values.length === 0) return refuse('nothing but numbers is compared', 'interpolate a tensor');
  if (directions.has('=')) return equality();
  const hint = 'low <= x <= high, low < x, x == y; a difference compares two tensors: 0 <= y - x';
  if (values.length > 1) return refuse('a tensor is compared with bounds that are numbers', hint);
  if (sides.length > 3 || directions.size > 1 || (sides.length === 3 && values[0] !== sides[1]))
    return refuse('a range is written low <= x <= high', hint);
  const at = sides.indexOf(values[0]!);
  const bounds = sides.flatMap((side, i): Bound[] => {
    if (side.kind !== 'constant') return [];
    const { is } = comparisons[Math.min(i, at)]!;
    return [{ is: i > at ? is : mirrored[is], bound: side.value, span: side.span }];
  });
  return { value: values[0]!, bounds };

  function equality(): Assertion {
    const [left, right] = sides;
    if (sides.length !== 2) return refuse('two sides are equal, not more', 'one template for each');
    const zero = sides.find((side) => side.kind === 'constant' && side.value.numerator === 0n);
    if (zero) return { value: values[0]!, bounds: [] };
    for (const side of sides)
      if (side.kind === 'constant' && exactFraction(side.value) === undefined)
        refuse(
          `no fixed-point number is ${toNumber(side.value)}`,
          'write a range: low <= x <= high',
        );
    return { value: { kind: 'addition', sign: '-', left: left!, right: right!, span }, bounds: [] };
  }
}

/** Throws a LetheError where no value can hold. */
export function emitAssertion(findings: Findings, { value, bounds }: Assertion): void {
  const { tensor } = new Emitter(findings).emit(value, []);
  findings.pointed(value.span, () => {
    if (bounds.length === 0) tensor.assertZero();
    else assertBounds(findings, tensor, bounds);
  });
}

/** x < c on integers of f fractional bits: x ≤ ⌈c · 2^f⌉ − 1; x ≤ c: x ≤ ⌊c · 2^f⌋; a side left out is the format's. */
function assertBounds(findings: Findings, tensor: Tensor, bounds: readonly Bound[]): void {
  const { shape, format } = tensor;
  const fraction = fractionOf(format);
  let { low, high } = formatInterval(format);
  for (const { is, bound } of bounds) {
    if (is === '<') high = ceilingAt(bound, fraction) - 1n;
    if (is === '<=') high = floorAt(bound, fraction);
    if (is === '>') low = floorAt(bound, fraction) + 1n;
    if (is === '>=') low = ceilingAt(bound, fraction);
  }
  if (low > high)
    findings.refuse(
      'never-holds',
      `no number of ${renderType({ shape, format })} is ${bounds.map(({ is, bound }) => `${is} ${toNumber(bound)}`).join(' and ')}`,
      `its numbers are whole multiples of 2^-${fraction}; < excludes the bound`,
      ...bounds.map(({ span }) => span),
    );
  tensor.assertIntegersWithin({ low, high });
}
