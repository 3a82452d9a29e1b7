// Bounds by inequalities, held against every value.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Known } from '../../../../compiler/analyses/assumptions/hints/inequalities.ts';
import {
  ofMonomials,
  type Polynomial,
} from '../../../../compiler/analyses/assumptions/polynomial.ts';
import { interval } from '../../../../compiler/numbers/interval.ts';
import { runs } from '../../../tier.ts';

const small = fc.bigInt({ min: -3n, max: 3n });
const polynomial = fc
  .tuple(small, small, small, fc.constantFrom(0n, 0n, 1n, -2n))
  .map(([constant, x, y, xy]): Polynomial =>
    ofMonomials([
      { coefficient: constant, symbols: [] },
      { coefficient: 2n * x, symbols: [0] },
      { coefficient: y, symbols: [1] },
      { coefficient: xy, symbols: [0, 1] },
    ]),
  );
const end = fc.option(fc.bigInt({ min: -9n, max: 9n }), { nil: undefined });
const inequality = fc
  .record({ polynomial, from: end, to: end })
  .map(({ polynomial, from, to }) => ({
    polynomial,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }));

const valueAt = (p: Polynomial, values: readonly bigint[]): bigint =>
  [...p.values()].reduce(
    (total, { coefficient, symbols }) =>
      total + symbols.reduce((product, symbol) => product * values[symbol]!, coefficient),
    0n,
  );

test('no value that meets the inequalities is past a bound', () => {
  let impossible = 0;
  fc.assert(
    fc.property(
      fc.array(inequality, { maxLength: 4 }),
      fc.array(inequality, { maxLength: 3 }),
      polynomial,
      (said, more, p) => {
        const known = new Known([interval(-3n, 4n), interval(0n, 5n)], said).and(...more);
        const [least, most] = [known.least(p)!, known.most(p)!];
        let met = false;
        for (let x = -3n; x <= 4n; x++)
          for (let y = 0n; y <= 5n; y++) {
            const holds = [...said, ...more].every((each) => {
              const value = valueAt(each.polynomial, [x, y]);
              return (
                (each.from === undefined || value >= each.from) &&
                (each.to === undefined || value <= each.to)
              );
            });
            if (!holds) continue;
            met = true;
            const value = valueAt(p, [x, y]);
            expect(value >= least && value <= most).toBe(true);
          }
        if (!known.isPossible()) impossible++;
        if (met) expect(known.isPossible()).toBe(true);
      },
    ),
    { numRuns: runs(1000) },
  );
  expect(impossible).toBeGreaterThan(runs(1000) / 100);
});
