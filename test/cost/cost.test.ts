// What everything costs, locked: a change of rows or of any constraint shows here, and is renewed on purpose with
// `vitest run test/cost --update`.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lower } from '../../compiler/meanings/circuit.ts';
import { costOf, renderCost } from '../../compiler/testing/cost.ts';
import { compileOnce } from '../compiled.ts';
import { programs } from '../compiler/ops/programs.ts';
import { stdlibCircuits } from '../stdlib/circuits.ts';
import { examples } from '../examples/circuits.ts';

test.each(Object.entries(programs))('op %s', async (name, arbitrary) => {
  const costs = fc.sample(arbitrary, { numRuns: 3, seed: 1 }).map((each) => costOf(lower(each)));
  const text = `${JSON.stringify(
    costs.map(({ rows, gates, digest }) => ({ rows, gates, digest })),
    null,
    2,
  )}\n`;
  await expect(text).toMatchFileSnapshot(`ops/${name}.json`);
});

describe.each([...stdlibCircuits, ...examples.map(({ circuit }) => circuit)])(
  '$name',
  (circuit) => {
    test('costs what is locked', async () => {
      await expect(renderCost(costOf(compileOnce(circuit)))).toMatchFileSnapshot(
        `${circuit.name}.json`,
      );
    });
  },
);
