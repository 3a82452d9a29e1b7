// Rules over several gates against all witnesses: systems of the shape that a rule knows, and near misses, with one condition broken.
// Where two witnesses differ in a value, it is not known. Each near miss has such systems, and each rule fires.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Determination } from '../../../../../compiler/analyses/determinism/determination.ts';
import type { Expression } from '../../../../../compiler/constraints/expression.ts';
import { SmallBuilder } from './build.ts';
import { anyBracket, bracket, inAny } from './brackets.ts';
import { enumerate } from './enumerate.ts';
import { inTier, runs } from '../../../../tier.ts';
import { arithmetics } from './programs.ts';
import { divisionByConstant, divisionByInput, threshold, zeroTest, type Shape } from './shapes.ts';
import { equalCubes, signedDivision } from './signs.ts';

/** Systems of a shape. */
const shaped = inTier({ quick: 10, normal: 15, full: 60 });

/** Whether the values are said to be known, and whether they are forced. */
function judge(
  setting: number,
  build: (builder: SmallBuilder) => readonly Expression[],
  byCases = false,
): { known: boolean; forced: boolean } {
  const arithmetic = arithmetics[setting]!;
  const builder = new SmallBuilder(arithmetic);
  const variables = build(builder).map((e) => builder.variable(e));
  const system = builder.finish();
  const { free, complete } = enumerate(system, arithmetic, { mostSteps: 300_000 });
  const determination = new Determination(system, { arithmetic, byCases });
  determination.settle();
  expect([...free].filter((variable) => determination.isKnown(variable))).toEqual([]);
  return {
    known: variables.every((variable) => determination.isKnown(variable)),
    forced: complete && variables.every((variable) => !free.has(variable)),
  };
}

describe.each<readonly [string, Shape]>([
  ['threshold', threshold],
  ['bracket', bracket],
  ['division by an input', divisionByInput],
  ['division by a constant', divisionByConstant],
  ['zero test', zeroTest],
  ['equal cubes', equalCubes],
  ['signed division', signedDivision],
])('%s', (_, { byCases, parameters, tooSmall, exact, misses }) => {
  // By cases each takes longer.
  const numRuns = byCases ? Math.ceil(shaped / 2) : shaped;

  test('the exact shape is known', () => {
    fc.assert(
      fc.property(parameters, (p) => {
        const { known } = judge(p.setting, (builder) => exact(builder, p), byCases);
        expect(known).toBe(true);
      }),
      { numRuns },
    );
  });

  const inSmallFields = tooSmall ? [['a field that is too small', exact, tooSmall] as const] : [];
  test.each([
    ...Object.entries(misses).map(([what, miss]) => [what, miss, parameters] as const),
    ...inSmallFields,
  ])('near miss: %s', (_, miss, chosen) => {
    let [free, count] = [0, 0];
    fc.assert(
      fc.property(chosen, (p) => {
        const { known, forced } = judge(p.setting, (builder) => miss(builder, p), byCases);
        if (!known && !forced) free++;
        count++;
      }),
      { numRuns },
    );
    expect(free, `of ${count}`).toBeGreaterThan(0);
  });
});

test('brackets with any numbers: some are known, some are free, and none is both', () => {
  const counts = { known: 0, free: 0 };
  fc.assert(
    fc.property(inAny, (p) => {
      const { known, forced } = judge(p.setting, (builder) => anyBracket(builder, p));
      if (known) counts.known++;
      else if (!forced) counts.free++;
    }),
    { numRuns: runs(300) },
  );
  expect(counts.known).toBeGreaterThan(0);
  expect(counts.free).toBeGreaterThan(0);
});
