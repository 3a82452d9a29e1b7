// The claim of each form under the laws that every circuit keeps: constraints and fixed point agree, tampering is refused.
import { circuitLaws } from '../../../compiler/testing/index.ts';
import { runs } from '../../tier.ts';
import { arbitraryClaimInputs } from './claim-inputs.ts';
import { claimCircuit, formNames, stepOf } from './forms.ts';

for (const form of formNames) {
  const spec = stepOf(form, 2);
  for (const masked of [undefined, [1]]) {
    const claim = claimCircuit(spec, masked);
    circuitLaws(claim, {
      inputs: arbitraryClaimInputs(spec, masked),
      cost: `costs/${claim.name.replace('claim-', '')}.json`,
      numRuns: runs(20),
    });
  }
}
