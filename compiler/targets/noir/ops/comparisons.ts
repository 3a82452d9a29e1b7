// Decisions by the sign of a difference (`not_negative` of the prelude), and by its being 0.
import { bitLength, difference, type Interval } from '../../../numbers/interval.ts';
import { requireReach } from '../field.ts';
import { broadcastElement, elementwise, type NoirLine, type NoirOp, type Value } from '../line.ts';
import { element, literal } from '../text.ts';

/**
 * w with −2^w ≤ d < 2^w for an integer d of the interval. Throws `unsupported-by-target` where d + 2^w and b · 2^w + r can be one
 * field element and two integers.
 */
export function comparisonBits(op: string, { low, high }: Interval): number {
  const bits = Math.max(1, bitLength(low < 0n ? -low - 1n : 0n), bitLength(high < 0n ? 0n : high));
  requireReach(op, 1n << BigInt(bits + 1));
  return bits;
}

const operands = (line: NoirLine, index: readonly string[]): string[] =>
  line.arguments.map((x) => broadcastElement(x, line.result.type, index));

/** The value of every element, where all are known to be the same. */
const known = ({ range: { low, high } }: Value): string | undefined =>
  low === high ? literal(low) : undefined;

export const atLeast: NoirOp = (line) => {
  const [a, b] = line.arguments;
  const decided = known(line.result);
  if (decided !== undefined) return elementwise(line, () => decided);
  const bits = comparisonBits(line.op, difference(a!.range, b!.range));
  return elementwise(line, (index) => {
    const [left, right] = operands(line, index);
    return `not_negative::<${bits}>(${left} - ${right})`;
  });
};

/** `largest`: whether it is a where a ≥ b. */
const extremum =
  (name: string, largest: boolean): NoirOp =>
  (line) => {
    const [a, b] = line.arguments;
    const apart = difference(a!.range, b!.range);
    const [chosen, other] = largest ? [0, 1] : [1, 0];
    if (apart.low >= 0n) return elementwise(line, (index) => operands(line, index)[chosen]!);
    if (apart.high <= 0n) return elementwise(line, (index) => operands(line, index)[other]!);
    const bits = comparisonBits(line.op, apart);
    return elementwise(line, (index) => `${name}::<${bits}>(${operands(line, index).join(', ')})`);
  };

export const max = extremum('max', true);
export const min = extremum('min', false);

export const abs: NoirOp = (line) => {
  const { range } = line.arguments[0]!;
  if (range.low >= 0n) return elementwise(line, (index) => operands(line, index)[0]!);
  if (range.high <= 0n) return elementwise(line, (index) => `-${operands(line, index)[0]!}`);
  const bits = comparisonBits(line.op, range);
  return elementwise(line, (index) => `abs::<${bits}>(${operands(line, index)[0]!})`);
};

/** Noir itself constrains the equality. No interval reaches p/2, so 0 in the field is the integer 0. */
export const isZero: NoirOp = (line) => {
  const decided = known(line.result);
  return elementwise(
    line,
    (index) => decided ?? `(${element(line.arguments[0]!.name, index)} == 0) as Field`,
  );
};
