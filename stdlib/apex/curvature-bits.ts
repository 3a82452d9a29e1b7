// The committed curvature with other bits than its form has by default, and the same range.
import { numeric } from '../../compiler/ir/format.ts';
import { q } from '../../dsl/index.ts';
import type { StepFormats } from './forms/index.ts';

/** Undefined where so few bits leave no fractional one, or documents hold no such format. */
export function withCurvatureBits(formats: StepFormats, bits: number): StepFormats | undefined {
  const own = numeric(formats.curvature)!;
  const fraction = own.fraction + bits - own.bits;
  return fraction >= 1 && bits <= 31 ? { ...formats, curvature: q(bits, fraction) } : undefined;
}
