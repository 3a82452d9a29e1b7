// top-k: comparisons with a threshold from a hint, and how many of them hold (`top_k` of the prelude).
import { bitLength } from '../../../numbers/interval.ts';
import { requireReach } from '../field.ts';
import { elementwise, noirOp, rowwise } from '../line.ts';
import { element, literal } from '../text.ts';

export const topK = noirOp<{ k: number }>((line) => {
  const [x] = line.arguments;
  const { low, high } = x!.range;
  const n = x!.type.shape.at(-1)!;
  const { k } = line.attributes;
  if (k === n) return elementwise(line, () => '1');

  // Each key is the threshold and an integer of [−2^bits, 2^bits). Two keys are as far apart as their two integers, over the integers
  // too, because both distances together are less than p.
  const bits = Math.max(1, bitLength(BigInt(n) * (high - low) + BigInt(n - 1)));
  requireReach(line.op, 3n << BigInt(bits));
  return rowwise(
    line,
    (index) => `top_k::<${n}, ${k}, ${bits}>(${element(x!.name, index)}, ${literal(low)})`,
  );
});
