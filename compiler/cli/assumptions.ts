// Reports print the assumptions of a circuit first, and by name.
import {
  analyzeAssumptions,
  openAssumptions,
  type Assumptions,
} from '../analyses/assumptions/assumptions.ts';
import { analyzeDeterminism } from '../analyses/determinism/report.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';

export interface Trust {
  readonly assumptions: Assumptions;
  /** Values that nothing forces, assumptions that are open, and claims that say nothing. */
  readonly warnings: readonly Diagnostic[];
}

export function trustIn(circuit: LoweredProgram): Trust {
  const assumptions = analyzeAssumptions(circuit);
  const warnings = [
    ...openAssumptions(assumptions, circuit.program),
    ...assumptions.findings,
    ...analyzeDeterminism(circuit).free,
  ];
  return { assumptions, warnings };
}

/** Lines without an end; none where the circuit declares nothing. */
export function renderAssumptions({ assumptions, derived }: Assumptions): string[] {
  return [
    ...(assumptions.length > 0 ? ['It rests on assumptions that no constraint proves:'] : []),
    ...assumptions.map(
      ({ name, says, accepted }) =>
        `  assumes ${name} (${accepted === undefined ? 'open' : `accepted: ${accepted}`}): ${says}`,
    ),
    ...derived.map(({ name, says, because }) => `  derived ${name}: ${says}, because ${because}`),
  ];
}

/** ` if clip.within`, after a bound that rests on it. */
export const ifAssumed = (names: readonly string[]): string =>
  names.length === 0 ? '' : ` if ${names.join(', ')}`;

/** For `--json`. */
export const assumptionsJson = ({ assumptions, derived }: Assumptions) => ({
  assumptions: assumptions.map(({ name, says, accepted }) => ({
    name,
    says,
    ...(accepted === undefined ? {} : { accepted }),
  })),
  derived: derived.map(({ name, says, because }) => ({ name, says, because })),
});
