// Laws for all ops: a new op is tested by having an entry in programs.ts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { findInvalidLines } from '../../../compiler/program/verify.ts';
import { ops } from '../../../compiler/ops/index.ts';
import {
  arbitraryInputs,
  choicesAreNear,
  circuitEqualsFixed,
  fixedNearReal,
  tamperingIsRefused,
} from '../../../compiler/testing/index.ts';
import { inTier } from '../../tier.ts';
import { checkLaw } from './check-law.ts';
import { programs } from './programs.ts';

const cases = Object.entries(programs).map(([name, program]) => ({
  name,
  runs: program.chain((p) => {
    const circuit = lower(p);
    return arbitraryInputs(p).map((inputs) => ({ circuit, inputs }));
  }),
}));

/** Other values that are tried at most for a case. */
const limit = inTier({ quick: 200, normal: 200, full: 1000 });

test('every op has random programs', () => {
  expect(Object.keys(programs).sort()).toEqual([...ops.keys()].sort());
});

describe.each(cases.map((each) => [each.name, each.runs] as const))('%s', (name, runs) => {
  const law = <T>(title: string, property: fc.IProperty<T>): void =>
    test(title, () => checkLaw(name, title, property));

  law(
    'the programs are valid',
    fc.property(programs[name]!, (p) => {
      expect(findInvalidLines(p)).toEqual([]);
    }),
  );

  law(
    'circuit = fixed, exactly',
    fc.property(runs, ({ circuit, inputs }) => circuitEqualsFixed(circuit, inputs.fixed)),
  );

  law(
    'fixed is within its interval, and within its bound of real',
    fc.property(runs, ({ circuit, inputs }) => fixedNearReal(circuit, inputs)),
  );

  law(
    'tampered values are refused',
    fc.property(runs, ({ circuit, inputs }) =>
      tamperingIsRefused(circuit, inputs.fixed, { limit }),
    ),
  );

  law(
    'accepted choices are within their bound of real',
    fc.property(runs, ({ circuit, inputs }) => choicesAreNear(circuit, inputs)),
  );
});
