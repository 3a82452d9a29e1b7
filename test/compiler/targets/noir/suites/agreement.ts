// Every op that this target has, in random programs: Noir computes what the fixed meaning says, and accepts nothing else.
import { describe, expect, test } from 'vitest';
import { arbitraryInputs } from '../../../../../compiler/testing/index.ts';
import { expectAgreement } from '../agreement.ts';
import { supportedPrograms } from '../supported.ts';
import { compiledLater } from '../together.ts';

const groups = supportedPrograms({ perOp: 2, random: 8, seed: 3 }).map(
  ([name, circuits]) => [name, circuits.map((circuit) => compiledLater({ circuit }))] as const,
);

describe.each(groups)('%s', (_, circuits) => {
  test('Noir = fixed', async () => {
    expect(circuits.length).toBeGreaterThanOrEqual(2);
    let accepted = 0;
    for (const compiled of circuits) {
      const inputs = arbitraryInputs(compiled().circuit.program);
      const seen = await expectAgreement(compiled(), inputs, { count: 3, seed: 7 });
      accepted += seen.accepted;
    }
    expect(accepted).toBeGreaterThan(0);
  });
});
