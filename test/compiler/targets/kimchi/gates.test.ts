// The recorder's row counts are o1js's own, for every op, every width of a range check, and every example.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Arithmetizer } from '../../../../compiler/constraints/arithmetizer.ts';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { Recorder } from '../../../../compiler/constraints/recorder.ts';
import { countRows } from '../../../../compiler/constraints/rows.ts';
import type { ConstraintSystem } from '../../../../compiler/constraints/system.ts';
import { countGates } from '../../../../compiler/targets/kimchi/prover.ts';
import { examples, groupObsExamples } from '../../../examples/circuits.ts';
import { inTier } from '../../../tier.ts';
import { compileOnce } from '../../../compiled.ts';
import { programs } from '../../ops/programs.ts';
import { runs } from '../../../tier.ts';

async function expectSameCounts(system: ConstraintSystem): Promise<void> {
  const { Public: _, ...ours } = countRows(system);
  const nonzero = Object.fromEntries(Object.entries(ours).filter(([, count]) => count > 0));
  expect(nonzero).toEqual(await countGates(system));
}

describe.each(Object.entries(programs))('%s', (_, program) => {
  test('rows equal those of Provable.constraintSystem', async () => {
    await fc.assert(
      fc.asyncProperty(program, (p) => expectSameCounts(lower(p).system)),
      { numRuns: runs(8) },
    );
  });
});

test('range checks of every width', async () => {
  for (let bits = 0; bits <= 80; bits++) {
    const recorder = new Recorder();
    const constraints = new Arithmetizer(recorder);
    const [x, y] = constraints.input('x', 2, 'secret');
    constraints.range(x!, bits);
    constraints.product(constraints.ranged(1, bits, () => [0n])[0]!, y!);
    constraints.finish();
    await expectSameCounts(recorder.finish());
  }
});

const counted = inTier({ quick: groupObsExamples, normal: groupObsExamples, full: examples });
test.each(counted)('example $name', async ({ circuit }) => {
  const few = 'blocks' in circuit.parameters ? { blocks: 2 } : {};
  const parameters = inTier({ quick: few, normal: few, full: {} });
  await expectSameCounts(compileOnce(circuit, parameters).system);
});
