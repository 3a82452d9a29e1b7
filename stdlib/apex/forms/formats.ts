// Formats of weights and updates, the same for every form.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { q } from '../../../dsl/index.ts';
import type { StepFormats } from './form.ts';

/** θ in [−range, range) with `bits` bits; δ with the same fractional bits and one bit more, so that it holds −θ. */
export function weightFormats(
  bits: number,
  range: number,
): Pick<StepFormats, 'weights' | 'update'> {
  const whole = Math.ceil(Math.log2(range));
  if (!(range > 0) || !Number.isFinite(whole) || bits - 1 - whole < 1)
    fail(
      'bad-format',
      `weights in [−${range}, ${range}) leave no fractional bits of ${bits}`,
      'give the weights more bits, or a smaller range',
    );
  const fraction = bits - 1 - whole;
  return { weights: q(bits, fraction), update: q(bits, fraction) };
}
