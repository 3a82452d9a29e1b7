// The analysis against all witnesses: random systems over a small prime, of which every witness is found by trying.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Determination } from '../../../../../compiler/analyses/determinism/determination.ts';
import type { Variable } from '../../../../../compiler/constraints/expression.ts';
import { inTier } from '../../../../tier.ts';
import { enumerate, type Truth } from './enumerate.ts';
import {
  decidedProgram,
  mix,
  shapedProgram,
  signedProgram,
  smallProgram,
  type SmallProgram,
} from './programs.ts';

/** Random programs of each kind. */
const programs = 2000;

/** A search that takes longer is given up; the two witnesses that it found until then still count. */
const mostSteps = 30_000;

const inputsOf = ({ system }: SmallProgram): Variable[] =>
  system.ports.flatMap(({ direction, variables }) => (direction === 'input' ? variables : []));

const truthOf = ({ system, arithmetic }: SmallProgram, start: readonly Variable[]): Truth =>
  enumerate(system, arithmetic, {
    start,
    permutation: mix(Number(arithmetic.field.modulus)),
    mostSteps,
  });

function settled(
  { system, arithmetic }: SmallProgram,
  start: readonly Variable[],
  byCases = false,
): Determination {
  const determination = new Determination(system, { arithmetic, start, byCases });
  determination.settle();
  return determination;
}

test('what is said to be known is the same in all witnesses that agree on the inputs, and little is missed', () => {
  const counts = { forced: 0, found: 0, free: 0, complete: 0, unsatisfiable: 0 };
  fc.assert(
    fc.property(smallProgram, (program) => {
      const start = inputsOf(program);
      const truth = truthOf(program, start);
      const determination = settled(program, start);
      expect([...truth.free].filter((variable) => determination.isKnown(variable))).toEqual([]);
      if (!truth.complete) return;
      counts.complete++;
      // Without any witness everything is forced, in a sense that nobody asks for.
      if (!truth.satisfiable) return void counts.unsatisfiable++;
      counts.free += truth.free.size;
      for (let variable = 0; variable < program.system.variables; variable++) {
        if (start.includes(variable) || truth.free.has(variable)) continue;
        counts.forced++;
        if (determination.isKnown(variable)) counts.found++;
      }
    }),
    { numRuns: programs },
  );
  const rate = counts.found / counts.forced;
  console.log(
    `${programs} programs, ${counts.complete} searched to the end, ${counts.unsatisfiable} of them without a witness: ` +
      `${counts.forced} values forced and ${counts.free} not; found ${(100 * rate).toFixed(1)} % of the forced`,
  );
  expect(counts.complete).toBeGreaterThan(0.65 * programs);
  expect(counts.unsatisfiable).toBeLessThan(0.1 * programs);
  expect(counts.free).toBeGreaterThan(programs);
  expect(counts.forced).toBeGreaterThan(programs);
  expect(rate).toBeGreaterThan(0.9);
});

test('the same with thresholds, brackets, divisions and zero tests among what programs do', () => {
  fc.assert(
    fc.property(shapedProgram, (program) => {
      const start = inputsOf(program);
      const { free } = truthOf(program, start);
      const determination = settled(program, start);
      expect([...free].filter((variable) => determination.isKnown(variable))).toEqual([]);
    }),
    { numRuns: inTier({ quick: 250, normal: 500, full: programs }) },
  );
});

test.each([
  ['cases', fc.oneof(decidedProgram, shapedProgram), 80],
  ['cases of powers and of signs', signedProgram, 40],
] as const)('the same by %s, which find more', (_, drawn, normal) => {
  let more = 0;
  fc.assert(
    fc.property(drawn, (program) => {
      const start = inputsOf(program);
      const { free } = truthOf(program, start);
      const [rules, cases] = [settled(program, start), settled(program, start, true)];
      expect([...free].filter((variable) => cases.isKnown(variable))).toEqual([]);
      for (let variable = 0; variable < program.system.variables; variable++)
        more += Number(cases.isKnown(variable)) - Number(rules.isKnown(variable));
    }),
    { numRuns: inTier({ quick: 40, normal, full: 2 * programs }) },
  );
  expect(more).toBeGreaterThan(inTier({ quick: 0, normal: 4, full: 100 }));
});

test('the same from any start: what follows from some values is the same wherever they are', () => {
  fc.assert(
    fc.property(
      smallProgram,
      fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
      (program, picks) => {
        const start = picks.map((pick) => pick % program.system.variables);
        const { free } = truthOf(program, start);
        const determination = settled(program, start);
        expect([...free].filter((variable) => determination.isKnown(variable))).toEqual([]);
      },
    ),
    { numRuns: Math.ceil(programs / 5) },
  );
});

test('the search finds the same without its shortcuts', () => {
  fc.assert(
    fc.property(smallProgram, ({ system, arithmetic }) => {
      const permutation = mix(Number(arithmetic.field.modulus));
      const options = { permutation, mostSteps: 20_000 };
      const slow = enumerate(system, arithmetic, { ...options, trustShortcuts: false });
      const quick = enumerate(system, arithmetic, options);
      if (slow.complete && quick.complete) expect(quick).toEqual(slow);
    }),
    { numRuns: Math.ceil(programs / 10) },
  );
});
