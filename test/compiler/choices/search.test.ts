// The compiler's choice of formats: the cheapest that meets the target, always the same, and it can be pinned.
import { describe, expect, test } from 'vitest';
import { analyzeErrors, largestError } from '../../../compiler/meanings/error.ts';
import { findShortfalls } from '../../../compiler/analyses/completeness.ts';
import { closedProgram } from '../../../compiler/choices/build.ts';
import { candidateBits } from '../../../compiler/choices/candidates.ts';
import { searchChoices } from '../../../compiler/choices/search.ts';
import { compileCircuit, compileProgram } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { formatOfBits, openFormat } from '../../../compiler/ir/open.ts';
import { print } from '../../../compiler/program/print.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { checkLaws } from '../../../compiler/testing/index.ts';
import { bit, circuit, q, real, type Format, type OpenFormat } from '../../../dsl/index.ts';
import { groupObs, triangleLength } from '../../../stdlib/index.ts';
import { inTier, runs } from '../../tier.ts';

const target = 1e-4;
const size = 2;

interface Widths {
  readonly weights: Format | OpenFormat;
  readonly curvature: Format | OpenFormat;
  readonly tolerance?: number;
}

/** Group OBS of one small block; the update has the format of the weights. */
const step = ({ weights, curvature, tolerance }: Widths, pinned = {}) =>
  circuit(
    'step',
    {},
    (c) => {
      const theta = c.secret('weights', weights, [1, size]);
      const triangle = c.secret('curvature', curvature, [1, triangleLength(size)]);
      const mask = c.public('mask', bit, [1, size]);
      const unlearned = groupObs({
        weights: theta,
        mask,
        curvature: triangle,
        updateFormat: weights,
        ...(tolerance === undefined ? {} : { tolerance }),
      });
      unlearned.assertAccurate({ within: target });
      unlearned.expose('unlearned');
    },
    { pinned },
  );

const open = { weights: real(-4, 4), curvature: real(-32, 32) };
const compiledOnce = compileCircuit(step(open));
const rowsOf = ({ system }: LoweredProgram): number => totalRows(countRows(system));

/** The whole range is looked at where time is given. */
const widths = inTier({
  quick: { least: 24, most: 28 },
  normal: { least: 24, most: 28 },
  full: { least: 14, most: 44 },
});

/** Every width of both formats and every power of two as a tolerance, through formats written out. */
function bruteForce(): number {
  let best = Infinity;
  for (let w = widths.least; w <= widths.most; w++)
    for (let k = widths.least; k <= widths.most; k++) {
      const weights = formatOfBits(openFormat(-4, 4), w);
      const curvature = formatOfBits(openFormat(-32, 32), k);
      const unit = fractionOf(weights) + fractionOf(curvature);
      // Coarser tolerances are worse, so the first that misses the target is the last to try.
      for (let exponent = 4; exponent < unit; exponent++) {
        const circuit = compiled(step({ weights, curvature, tolerance: 2 ** (exponent - unit) }));
        if (!circuit) break;
        if (findShortfalls(circuit.program, circuit.ranges).length > 0) continue;
        best = Math.min(best, rowsOf(circuit));
      }
    }
  return best;
}

/** Undefined where the target is missed. */
function compiled(each: ReturnType<typeof step>): LoweredProgram | undefined {
  try {
    return compileProgram(each.build());
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}

test('Group OBS at 1e-4: as few rows as the best of all widths', () => {
  const circuit = compiledOnce;
  expect(rowsOf(circuit)).toBe(bruteForce());
  const errors = analyzeErrors(circuit.program, circuit.ranges);
  const output = circuit.program.lines.at(-1)!.arguments[0]!;
  expect(largestError(errors[output]!)).toBeLessThanOrEqual(target);
  expect(findShortfalls(circuit.program, circuit.ranges)).toEqual([]);
});

test('the same choice every time; pinned, the same program without a search', () => {
  const first = compiledOnce;
  const bits = Object.fromEntries(first.program.choices!.map(({ name, bits }) => [name, bits]));
  const pinned = step(open, bits);
  expect(closedProgram((choose) => pinned.build({}, choose))).toBeDefined();
  expect(print(compileCircuit(pinned).program)).toBe(print(first.program));
  expect(print(compileCircuit(step(open)).program)).toBe(print(first.program));
});

test('the front: each point costs more and is more accurate than the one before', () => {
  const { front, chosen } = searchChoices((choose) => step(open).build({}, choose), {
    whole: true,
  });
  expect(front).toContain(chosen);
  const others = front.filter((point) => point !== chosen);
  others.slice(1).forEach((point, i) => {
    expect(point.rows).toBeGreaterThan(others[i]!.rows);
    expect(point.excess).toBeLessThan(others[i]!.excess);
  });
  expect(others[0]!.excess).toBeGreaterThan(1);
});

describe('open formats', () => {
  test.each([
    [-4, 4, 12, 'q12.9'],
    [0, 1, 12, 'u12.12'],
    [0, 5, 24, 'u24.21'],
    [-0.01, 0.01, 12, 'q12.17'],
    [-8, 1, 24, 'q24.20'],
  ])('[%d, %d) in %d bits is %s', (low, high, bits, expected) => {
    const { signed, bits: own, fraction } = formatOfBits(openFormat(low, high), bits);
    expect(`${signed ? 'q' : 'u'}${own}.${fraction}`).toBe(expected);
  });

  test('one format is one choice wherever it is used; another is another', () => {
    const shared = real(-4, 4);
    const names = (second: OpenFormat) =>
      step({ weights: shared, curvature: second })
        .build({}, (each) => candidateBits(each)[2]!)
        .choices!.map(({ name }) => name);
    expect(names(shared)).toEqual(['weights', 'tolerance']);
    expect(names(real(-4, 4))).toEqual(['weights', 'curvature', 'tolerance']);
  });

  test('the chosen circuit obeys the laws', () => {
    const smooth = circuit('smooth', {}, (c) => {
      const x = c.secret('x', real(-1, 1), [4]);
      const y = x.mul(x).sum({ axis: 0 }).rescale(real(0, 8));
      y.assertAccurate({ within: 1e-3 });
      y.expose('y');
    });
    checkLaws(smooth, { numRuns: runs(50) });
    const chosen = compileCircuit(smooth).program.choices!.map(({ bits }) => bits);
    expect(chosen).toEqual([16, 16].map(() => expect.any(Number) as number));
  });
});

test('a target is held where nothing is open, too', () => {
  const rough = (within: number) =>
    circuit('rough', {}, (c) => {
      const x = c.secret('x', q(12, 8), [2]);
      x.assertAccurate({ within });
      x.expose('y');
    });
  expect(() => compileCircuit(rough(2 ** -9))).not.toThrow();
  expect(() => compileCircuit(rough(2 ** -10))).toThrow('inaccurate');
});
