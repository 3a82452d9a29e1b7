// W x + b in float64.
import type { Specification } from 'lethe/testing';

export const spec: Specification<'weights' | 'bias' | 'x', 'inputs'> = (
  { weights, bias, x },
  { parameters: { inputs } },
) => ({
  y: bias.map((b, o) => x.reduce((sum, value, i) => sum + weights[o * inputs + i]! * value, b)),
});
