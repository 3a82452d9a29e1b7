// bits: digits that add up to x in the field. None of their sums is p apart from an integer of x's interval.
import { magnitude } from '../../../numbers/interval.ts';
import { requireReach } from '../field.ts';
import { noirOp, rowwise } from '../line.ts';
import { element } from '../text.ts';

export const bits = noirOp<{ count: number }>((line) => {
  const [x] = line.arguments;
  const { count } = line.attributes;
  requireReach(line.op, (1n << BigInt(count)) + magnitude(x!.range));
  return rowwise(line, (index) => `bits::<${count}>(${element(x!.name, index)})`);
});
