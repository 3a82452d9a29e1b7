// The intended computation, written without the circuit: on the reals that inputs and outputs stand for, flat, row by row.
import type { Specification } from 'lethe/testing';

export const spec: Specification<'weights' | 'mask' | 'x', 'inputs' | 'outputs'> = (
  { weights, mask, x },
  { parameters: { inputs, outputs } },
) => {
  const y = new Array<number>(outputs).fill(0);
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      if (mask[o * inputs + i] === 0) y[o]! += weights[o * inputs + i]! * x[i]!;
  return { y };
};
