// The plans that are looked at: block sizes, widths and tolerances, every combination.
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { makeSpec, type StepSpec } from '../step/index.ts';
import type { Space } from './space.ts';

export interface Candidates {
  /** Without repetition. */
  readonly specs: readonly StepSpec[];
  /** Combinations that no plan can have: no fraction is left, or rounding alone exceeds the tolerance. */
  readonly impossible: number;
}

export function candidates({ sizes, weightBits, weightRange, tolerances }: Space): Candidates {
  const specs = new Map<string, StepSpec>();
  let impossible = 0;
  for (const size of sizes)
    for (const bits of weightBits)
      for (const tolerance of [undefined, ...tolerances]) {
        const spec = unlessBad({
          size,
          weightBits: bits,
          weightRange,
          ...(tolerance === undefined ? {} : { tolerance }),
        });
        if (spec) specs.set(JSON.stringify(spec), spec);
        else impossible++;
      }
  return { specs: [...specs.values()], impossible };
}

function unlessBad(choices: Parameters<typeof makeSpec>[0]): StepSpec | undefined {
  try {
    return makeSpec(choices);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}
