// The examples of other tasks under the laws that every circuit keeps; at their own sizes in full. Their costs are locked in test/cost.
import { circuitLaws } from '../../compiler/testing/index.ts';
import { inTier } from '../tier.ts';
import { taskExamples } from './circuits.ts';

const numRuns = inTier({ quick: 1, normal: 2, full: 40 });

for (const { circuit, small, inputs } of taskExamples) {
  const parameters = inTier({ quick: small, normal: small, full: {} });
  circuitLaws(circuit, { parameters, inputs, numRuns, cost: false });
}
