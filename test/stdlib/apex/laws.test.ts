// The tile of each form under the laws that every circuit keeps: constraints and fixed point agree, tampering is refused.
import { circuitLaws } from '../../../compiler/testing/index.ts';
import { openLayout } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import { formNames, knownLayout, stepOf } from './steps.ts';
import { arbitraryTileInputs } from './tile-inputs.ts';
import { runs } from '../../tier.ts';

for (const form of formNames) {
  const spec = stepOf(form, 2);
  const layouts = { [form]: openLayout(1), [`${form}-known-mask`]: knownLayout([0, 1]) };
  for (const [name, layout] of Object.entries(layouts))
    circuitLaws(tileCircuit(spec, layout), {
      inputs: arbitraryTileInputs(spec, layout),
      cost: `costs/${name}.json`,
      numRuns: runs(20),
    });
}
