// div-mod: quotient and remainder by a hint, range-checked, and the equation between them (`div_mod` of the prelude).
import { bitLength, interval, magnitude } from '../../../numbers/interval.ts';
import { atLeastOne, rangesOfDivision } from '../../../ops/shared/division.ts';
import { spanBits } from '../../../ops/shared/within.ts';
import { requireReach } from '../field.ts';
import { axesOf, broadcastElement, declare, indexOf, type NoirOp } from '../line.ts';
import { element, literal, loops } from '../text.ts';

export const divMod: NoirOp = (line) => {
  const [x, y] = line.arguments;
  const [quotients] = rangesOfDivision([x!.range, y!.range]);
  const divisors = atLeastOne(y!.range)!;
  const bits = Math.max(1, spanBits(quotients));
  const size = Math.max(1, bitLength(divisors.high - 1n));

  // y − 1 is a sum of two integers of `size` bits; then x and q · y + r are compared, for every q and r that pass.
  requireReach(line.op, magnitude(y!.range) + (2n << BigInt(size)));
  const checked = interval(quotients.low, quotients.low + (1n << BigInt(bits)) - 1n);
  requireReach(line.op, (magnitude(checked) + 1n) * divisors.high + magnitude(x!.range));

  const { name, type } = line.result;
  const each = { ...type, shape: type.shape.slice(1) };
  const axes = axesOf(line, each);
  const index = indexOf(axes);
  const [q, r] = [line.free('q'), line.free('r')];
  const operands = [x!, y!].map((operand) => broadcastElement(operand, each, index));
  return [
    declare(line.result),
    ...loops(axes, [
      `let (${q}, ${r}) = div_mod::<${bits}, ${size}>(${operands.join(', ')}, ${literal(quotients.low)});`,
      `${element(name, ['0', ...index])} = ${q};`,
      `${element(name, ['1', ...index])} = ${r};`,
    ]),
  ];
};
