// The examples of other tasks under the laws that every circuit keeps, at their own sizes in full, and on the inputs beside them. Their
// costs are locked in test/cost.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkWitness } from '../../compiler/constraints/checker.ts';
import { bindInputs } from '../../compiler/inputs/bind.ts';
import { parseJsonTensors } from '../../compiler/inputs/json.ts';
import { checkLaw, lawsOf } from '../../compiler/testing/check-laws.ts';
import { circuitLaws } from '../../compiler/testing/index.ts';
import { honestWitness } from '../../compiler/testing/witness.ts';
import { compileOnce } from '../compiled.ts';
import { inTier } from '../tier.ts';
import { claimExample, groupObsExamples, taskExamples } from './circuits.ts';

const numRuns = inTier({ quick: 1, normal: 2, full: 40 });

for (const { circuit, small, spec } of taskExamples) {
  const parameters = inTier({ quick: small, normal: small, full: {} });
  circuitLaws(circuit, { parameters, spec, numRuns, cost: false });
}

// Searching formats takes long, and each form of curvature is among the others.
const specified = [...groupObsExamples, claimExample].filter(({ name }) =>
  inTier({
    quick: [],
    normal: ['group-obs', 'group-obs-by-columns', 'group-obs-by-inverse', 'unlearned-weights'],
    full: [name],
  }).includes(name),
);

test.each(specified)('$name is what its specification says', ({ circuit, small, ...options }) => {
  const parameters = inTier({ quick: small, normal: small, full: { blocks: 1 } });
  const compiled = compileOnce(circuit, parameters);
  for (const law of lawsOf(options).filter((each) => each.includes('specification')))
    checkLaw(law, circuit, compiled, { ...options, numRuns });
});

const alone = [...groupObsExamples, claimExample].filter(({ name }) =>
  ['group-obs', 'group-obs-by-columns', 'group-obs-by-inverse', 'group-obs-certified'].includes(
    name,
  ),
);

test.each([...alone, ...taskExamples])('$name accepts its inputs', async ({ name, circuit }) => {
  const file = `${name}.json`;
  const text = await readFile(new URL(`../../examples/${file}`, import.meta.url), 'utf8');
  const compiled = compileOnce(circuit);
  const { fixed } = bindInputs(compiled.program, parseJsonTensors(text, file));
  const witness = honestWitness(compiled, fixed);
  expect(witness && checkWitness(compiled.system, witness)).toBeUndefined();
  expect(witness).toBeDefined();
});
