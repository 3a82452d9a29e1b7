// Residuals in lanes: what the two passes make of an assertion accepts what it accepted before, in fewer rows, and no witness in
// which one lane pays for another.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { solveWitness, type InputValues } from '../../../compiler/constraints/witness.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { canonical, modulus } from '../../../compiler/numbers/field.ts';
import { fuseResiduals } from '../../../compiler/passes/fuse-residuals.ts';
import { packLanes } from '../../../compiler/passes/pack-lanes.ts';
import { circuit, q, type Tensor } from '../../../dsl/index.ts';
import { runs } from '../../tier.ts';

const passes = (program: Program): Program => packLanes(fuseResiduals(program));
const opsOf = ({ lines }: Program): string[] => lines.map(({ op }) => op);

const [rows, inner] = [6, 4];
const [low, high] = [-8n, 7n];

/** −8 ≤ x + M v − y ≤ 7. */
const claim = circuit('claim', {}, (c) => {
  const [x, y] = ['x', 'y'].map((name) => c.secret(name, q(26, 0), [rows])) as [Tensor, Tensor];
  const products = c
    .secret('m', q(12, 0), [rows, inner])
    .contract('ij,j->i', c.secret('v', q(12, 0), [inner]));
  x.add(products)
    .sub(y)
    .assertWithin({ low: Number(low), high: Number(high) });
}).build();

const before = lower(claim);
const after = lower(passes(claim));

/** The program with M, v, y at random or at the ends of their formats, and the residuals given. */
function inputsFor(entries: readonly bigint[], residuals: readonly bigint[]): InputValues {
  const [top, at] = [1n << 11n, (i: number): bigint => entries[i % entries.length]!];
  const clamp = (value: bigint): bigint => (value >= top ? top - 1n : value < -top ? -top : value);
  const m = Array.from({ length: rows * inner }, (_, i) => clamp(at(i)));
  const v = Array.from({ length: inner }, (_, j) => clamp(at(rows * inner + j)));
  const sums = residuals.map((_, i) =>
    v.reduce((sum, each, j) => sum + each * m[i * inner + j]!, 0n),
  );
  // x − y makes up for the products.
  const rest = sums.map((sum, i) => residuals[i]! - sum);
  const most = (1n << 25n) - 1n;
  const x = rest.map((each) => (each > most ? most : each < -most ? -most : each));
  return new Map([
    ['x', x],
    ['y', x.map((each, i) => each - rest[i]!)],
    ['m', m],
    ['v', v],
  ]);
}

const element = fc.oneof(
  fc.constantFrom(-2048n, 2047n, 0n, 1n, -1n),
  fc.bigInt({ min: -2048n, max: 2047n }),
);
const entries = fc.array(element, { minLength: 28, maxLength: 28 });
const residual = (most: bigint) =>
  fc.oneof(fc.constantFrom(-9n, -8n, 7n, 8n), fc.bigInt({ min: -most, max: most }));
const residualsUpTo = (most: bigint) =>
  fc.array(residual(most), { minLength: rows, maxLength: rows });

test('one line, in lanes, in fewer rows', () => {
  expect(opsOf(after.program)).toContain('assert-residual');
  expect(opsOf(after.program)).not.toContain('contract');
  expect(after.program.lines.at(-1)!.attributes['lanes']).toBe(6);
  expect(totalRows(countRows(after.system))).toBeLessThan(totalRows(countRows(before.system)) - 4);
});

test('the vector may come first', () => {
  const turned = circuit('turned', {}, (c) => {
    const v = c.secret('v', q(12, 0), [inner]);
    const products = v.contract('j,ij->i', c.secret('m', q(12, 0), [rows, inner]));
    const bounds = { low: Number(low), high: Number(high) };
    c.secret('x', q(24, 0), [rows]).add(products).assertWithin(bounds);
  }).build();
  expect(passes(turned).lines.at(-1)!.attributes).toMatchObject({
    subscripts: 'ij,j->i',
    lanes: 6,
  });
  expect(opsOf(passes(turned))).toEqual(['input', 'input', 'input', 'assert-residual']);
});

test('accepts what it accepted, and nothing else', () => {
  fc.assert(
    fc.property(entries, residualsUpTo(10n), (given, residuals) => {
      const inputs = inputsFor(given, residuals);
      const holds = residuals.every((each) => low <= each && each <= high);
      for (const { system, program } of [before, after]) {
        expect(evaluateFixed(program, inputs).findings.length === 0).toBe(holds);
        expect(checkWitness(system, solveWitness(system, inputs)) === undefined).toBe(holds);
      }
    }),
    { numRuns: runs(200) },
  );
});

describe('residuals that are not small are refused, whatever is said of them', () => {
  // The advice r − low of the six lanes: 4 bits each, a 12-bit limb.
  const line = after.program.lines.length - 1;
  const advice = after.system.steps.flatMap((step) =>
    step.advice && step.origin.line === line ? step.outputs : [],
  );

  /** Values for the lanes, lowest first, whose packed sum may be the true one. */
  const forgeries = (residuals: readonly bigint[], width: number): bigint[][] => {
    const weight = 1n << BigInt(width);
    const sum = residuals.reduce(
      (total, each, l) => total + (each - low) * weight ** BigInt(l),
      0n,
    );
    const digits = (value: bigint, last: boolean): bigint[] => {
      let rest = value;
      return residuals.map((_, l) => {
        const digit = last && l === rows - 1 ? rest : ((rest % weight) + weight) % weight;
        rest = (rest - digit) / weight;
        return digit;
      });
    };
    return [
      residuals.map((each) => each - low),
      residuals.map(() => 0n),
      ...[0n, 1n, -1n, 2n].flatMap((k) => [
        digits(sum + k * modulus, true),
        digits(sum + k * modulus, false),
      ]),
    ];
  };

  test('six lanes', () => expect(advice).toHaveLength(rows));

  test.each([24, 25, 26, 27, 28, 29, 30])('as digits of %i bits', (width) => {
    fc.assert(
      fc.property(entries, residualsUpTo(1n << 24n), (given, residuals) => {
        fc.pre(residuals.some((each) => each < low || each > high));
        const inputs = inputsFor(given, residuals);
        for (const forged of forgeries(residuals, width)) {
          const overrides = new Map(advice.map((v, l) => [v, canonical(forged[l]!)]));
          const witness = solveWitness(after.system, inputs, overrides);
          expect(checkWitness(after.system, witness)).toBeDefined();
        }
      }),
      { numRuns: runs(40) },
    );
  });

  test('neighbours that make up for each other', () => {
    for (const width of [20, 24, 25, 26])
      for (const l of [0, 2, 4]) {
        const residuals = Array.from({ length: rows }, (_, i) =>
          i === l ? (1n << BigInt(width)) - 3n : i === l + 1 ? -1n : 0n,
        );
        const inputs = inputsFor([0n], residuals);
        const small = residuals.map((_, i) => (i === l ? -3n : 0n) - low);
        const overrides = new Map(advice.map((v, i) => [v, small[i]!]));
        const witness = solveWitness(after.system, inputs, overrides);
        expect(checkWitness(after.system, witness)).toBeDefined();
      }
  });

  test('honest residuals said to be others are refused, too', () => {
    const inputs = inputsFor([3n, -5n, 2047n], Array<bigint>(rows).fill(2n));
    const honest = solveWitness(after.system, inputs);
    expect(checkWitness(after.system, honest)).toBeUndefined();
    for (const variable of advice)
      for (const by of [1n, -1n, 5n]) {
        const overrides = new Map([[variable, honest[variable]! + by]]);
        const witness = solveWitness(after.system, inputs, overrides);
        expect(checkWitness(after.system, witness)).toBeDefined();
      }
  });
});

describe('stays as it is', () => {
  const built = (assert: (x: Tensor, products: Tensor, m: Tensor, v: Tensor) => void): Program =>
    circuit('other', {}, (c) => {
      const [m, v] = [c.secret('m', q(12, 0), [rows, inner]), c.secret('v', q(12, 0), [inner])];
      assert(c.secret('x', q(24, 0), [rows]), m.contract('ij,j->i', v), m, v);
    }).build();
  const bounds = { low: -8, high: 7 };

  test.each<[string, Parameters<typeof built>[0]]>([
    ['products that are taken away', (x, products) => x.sub(products).assertWithin(bounds)],
    ['products alone', (x, products) => (products.assertWithin(bounds), x.expose('y'))],
    [
      'a sum that is needed elsewhere',
      (x, products) => {
        const sum = x.add(products);
        sum.assertWithin(bounds);
        sum.expose('sum');
      },
    ],
    [
      'products that are needed elsewhere',
      (x, products) => {
        x.add(products).assertWithin(bounds);
        products.expose('products');
      },
    ],
    [
      'bounds that say little',
      (x, products) => x.add(products).assertWithin({ low: -8, high: 1e9 }),
    ],
    [
      'a rest of another shape',
      (x, products) => products.add(x.slice({ axis: 0, start: 0, end: 1 })).assertWithin(bounds),
    ],
  ])('%s', (_, assert) => {
    const program = built(assert);
    expect(fuseResiduals(program)).toBe(program);
  });

  test('an overflowing lane is refused', () => {
    const fused = fuseResiduals(claim);
    const last = fused.lines.at(-1)!;
    const wide = { ...last, attributes: { ...last.attributes, lanes: 12 } };
    const program = { ...fused, lines: [...fused.lines.slice(0, -1), wide] };
    expect(() => lower(program)).toThrow(/\[too-wide\].*overflow/);
  });
});
