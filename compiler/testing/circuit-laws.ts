// The laws of a circuit as vitest tests: three lines in an author's test file.
import { describe, expect, test } from 'vitest';
import type { AnyCircuit } from '../../dsl/circuit.ts';
import { compileCircuit } from '../compile.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import {
  checkAssumptions,
  checkDetermined,
  checkHonest,
  checkLaw,
  checkParameters,
  lawsOf,
  type LawOptions,
} from './check-laws.ts';
import { checkOptions } from './check-options.ts';
import { costOf, renderCost } from './cost.ts';

export interface CircuitLawsOptions extends LawOptions {
  /** The file of the locked cost, beside the test; by default `<name>.cost.json`. `vitest --update` renews it. */
  readonly cost?: string | false;
}

/** Laws take as long as the circuit is large; a test runner expects five seconds. */
const patient = { timeout: 1_200_000 };

/**
 * Registers the tests of a circuit: equality of constraints and fixed point, the float reference within the derived bound,
 * determinism, tampering, rewriting, a locked cost, and agreement with a specification where one is given. A failure shrinks to the smallest sizes and inputs and prints a file that replays it.
 */
export function circuitLaws(circuit: AnyCircuit, options: CircuitLawsOptions = {}): void {
  checkOptions(options);
  let compiled: LoweredProgram | undefined;
  const get = (): LoweredProgram => (compiled ??= compileCircuit(circuit, options.parameters));
  describe(`laws of ${circuit.name}`, () => {
    test('honest provers succeed on the inputs that are tried', patient, () =>
      checkHonest(get(), options),
    );
    test('every value is determined, or a declared relation', patient, () =>
      checkDetermined(get()),
    );
    test('every assumption is accepted by name', patient, () => checkAssumptions(get(), options));
    test('every parameter matters', patient, () => checkParameters(circuit, get()));
    test.each(lawsOf(options))('%s', patient, (law) => checkLaw(law, circuit, get(), options));
    if (options.cost !== false)
      test('costs what is locked', patient, async () => {
        const file = options.cost || `${circuit.name}.cost.json`;
        await expect(renderCost(costOf(get()))).toMatchFileSnapshot(file);
      });
  });
}
