// What the analysis calls determined, brute force does not move: on whole circuits, and on circuits that lost a gate.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEquations } from '../../../../compiler/analyses/determinism/equations.ts';
import { forcedUnknowns } from '../../../../compiler/analyses/determinism/radix.ts';
import { boundVariables } from '../../../../compiler/analyses/determinism/range.ts';
import { analyzeDeterminism } from '../../../../compiler/analyses/determinism/report.ts';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import type { Program } from '../../../../compiler/ir/program.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { canonical, centered } from '../../../../compiler/numbers/field.ts';
import { honestWitness } from '../../../../compiler/testing/witness.ts';
import { arbitraryInputs, arbitraryProgram } from '../../../../compiler/testing/index.ts';
import { findSecondWitness, without } from './tampering.ts';
import { inTier, met, runs } from '../../../tier.ts';

function lowered(program: Program): LoweredProgram | undefined {
  try {
    return lower(program);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}

const cases = arbitraryProgram({ lines: 4, bits: 20 }).chain((program) =>
  fc.record({ circuit: fc.constant(lowered(program)), inputs: arbitraryInputs(program) }),
);

/** Gates that a circuit loses, one at a time. */
const losses = inTier({ quick: 3, normal: 3, full: 6 });

test('all determined: no value of any step can be another, also with a gate less', () => {
  let [whole, cut] = [0, 0];
  fc.assert(
    fc.property(
      cases,
      fc.array(fc.nat(), { minLength: losses, maxLength: losses }),
      ({ circuit, inputs }, cuts) => {
        if (!circuit || circuit.system.gates.length > 100) return;
        const { length } = circuit.system.gates;
        for (const each of [circuit, ...cuts.map((at) => without(circuit, at % length))]) {
          const { free, relations, slackVariables } = analyzeDeterminism(each);
          if (free.length > 0 || relations.length > 0) continue;
          expect(findSecondWitness(each, inputs.fixed, slackVariables)).toBeUndefined();
          each === circuit ? whole++ : cut++;
        }
      },
    ),
    // Fewer cases would meet too few determined circuits.
    { numRuns: Math.max(60, runs(120)) },
  );
  expect(whole).toBeGreaterThan(met(40));
  expect(cut).toBeGreaterThan(met(40));
});

test('bounds hold in honest witnesses', () => {
  let seen = 0;
  fc.assert(
    fc.property(cases, ({ circuit, inputs }) => {
      const witness = circuit && honestWitness(circuit, inputs.fixed);
      if (!circuit || !witness || checkWitness(circuit.system, witness)) return;
      const bounds = boundVariables(circuit.system, findEquations(circuit.system));
      witness.forEach((value, variable) => {
        const { low, high } = bounds[variable]!;
        const integer = centered(value);
        expect(integer >= low && integer <= high, `variable ${variable}`).toBe(true);
      });
      seen++;
    }),
    { numRuns: runs(300) },
  );
  expect(seen).toBeGreaterThan(met(100));
});

/** All tuples of digits, with their sums. */
function tuples(unknowns: readonly { coefficient: bigint; span: bigint }[]) {
  return unknowns.reduce<{ digits: bigint[]; sum: bigint }[]>(
    (all, { coefficient, span }) =>
      all.flatMap(({ digits, sum }) =>
        Array.from({ length: Number(span) + 1 }, (_, digit) => ({
          digits: [...digits, BigInt(digit)],
          sum: canonical(sum + coefficient * BigInt(digit)),
        })),
      ),
    [{ digits: [], sum: 0n }],
  );
}

test('mixed radix: a forced digit is the same in all ways to write a sum', () => {
  let forcedSome = 0;
  const unknown = fc.record({
    coefficient: fc.bigInt({ min: -30n, max: 30n }).filter((c) => c !== 0n),
    span: fc.bigInt({ min: 1n, max: 4n }),
  });
  fc.assert(
    fc.property(
      fc.array(unknown, { minLength: 1, maxLength: 4 }),
      fc.oneof(fc.constant(1n), fc.bigInt({ min: 1n, max: 1n << 250n })),
      (small, factor) => {
        const unknowns = small.map(({ coefficient, span }, variable) => ({
          variable,
          coefficient: centered(coefficient * factor),
          span,
        }));
        const forced = forcedUnknowns(unknowns);
        if (forced.length > 0) forcedSome++;
        const first = new Map<bigint, bigint[]>();
        for (const { digits, sum } of tuples(unknowns)) {
          const other = first.get(sum) ?? digits;
          first.set(sum, other);
          for (const variable of forced) expect(digits[variable]).toBe(other[variable]);
        }
      },
    ),
    { numRuns: runs(400) },
  );
  expect(forcedSome).toBeGreaterThan(met(40));
});
