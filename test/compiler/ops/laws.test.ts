// Laws for all ops: a new op is tested by having an entry in programs.ts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { callOf } from '../../../compiler/program/calls.ts';
import { declaredInput } from '../../../compiler/program/ports.ts';
import { findInvalidLines } from '../../../compiler/program/verify.ts';
import { findOp, ops } from '../../../compiler/ops/index.ts';
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

/** Each line, on arguments that exist. */
function lenientAgrees(program: Program, inputs: InputValues): void {
  const { values } = evaluateFixed(program, inputs);
  program.lines.forEach((line, number) => {
    const args = line.arguments.map((argument) => values[argument]);
    if (declaredInput(line) || !args.every((arg) => arg !== undefined)) return;
    const lenient = findOp(line.op).lenient?.(args, callOf(program, line));
    const broken = lenient?.conditions.some(
      ({ value, bounds }) => value < bounds.low || value > bounds.high,
    );
    expect(broken ?? false).toBe(values[number] === undefined);
    if (lenient && !broken) expect(lenient.value).toEqual(values[number]);
  });
}

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
    'lenient has the value of fixed, and conditions that fail just where fixed throws',
    fc.property(runs, ({ circuit, inputs }) => lenientAgrees(circuit.program, inputs.fixed)),
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
