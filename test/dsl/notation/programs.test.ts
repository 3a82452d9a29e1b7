// What a template writes, line for line: the same program as by methods.
import { expect, test } from 'vitest';
import { print } from '../../../compiler/program/print.ts';
import {
  assert,
  bit,
  circuit,
  q,
  tensor,
  u,
  type CircuitBuilder,
  type Tensor,
} from '../../../dsl/index.ts';

/** Operands of many ranks and fractional bits. */
function operands(c: CircuitBuilder) {
  return {
    x: c.secret('x', q(24, 20), [2, 3]),
    y: c.secret('y', q(20, 10), [2, 3]),
    row: c.secret('row', q(16, 8), [3]),
    column: c.secret('column', q(16, 8), [2]),
    A: c.secret('A', q(24, 12), [2, 3, 3]),
    M: c.secret('M', u(12, 4), [3, 3]),
    s: c.secret('s', q(12, 6)),
    m: c.public('m', bit, [2, 3]),
    // Divisors.
    p: c.secret('p', u(12, 8), [2, 3]).add(0.25),
    d: c.secret('d', u(6, 3), [2]).add(0.5),
    t: c.secret('t', u(6, 3)).add(0.5),
  };
}
type Operands = ReturnType<typeof operands>;

function textOf(build: (o: Operands) => Tensor | void): string {
  const text = circuit('t', {}, (c) => {
    const o = operands(c);
    const result = build(o);
    result?.expose('result');
    for (const [name, each] of Object.entries(o)) each.expose(`use-${name}`);
  }).build();
  return print(text);
}

const same: [string, (o: Operands) => Tensor | void, (o: Operands) => Tensor | void][] = [
  ['nothing', ({ x }) => tensor`r[b,i] = ${x}[b,i]`, ({ x }) => x],
  ['a scalar', ({ s }) => tensor`r = ${s}`, ({ s }) => s],
  ['a sum', ({ x, m }) => tensor`r[b,i] = ${x}[b,i] + ${m}[b,i]`, ({ x, m }) => x.add(m)],
  ['aligned', ({ x, y }) => tensor`r[b,i] = ${y}[b,i] - ${x}[b,i]`, ({ x, y }) => y.sub(x)],
  ['a product', ({ x, y }) => tensor`r[b,i] = ${x}[b,i] * ${y}[b,i]`, ({ x, y }) => x.mul(y)],
  ['minus', ({ x }) => tensor`r[b,i] = -${x}[b,i]`, ({ x }) => x.neg()],
  ['minus minus', ({ x }) => tensor`r[b,i] = --${x}[b,i]`, ({ x }) => x],
  [
    'minus of a product',
    ({ x, y }) => tensor`r[b,i] = -${x}[b,i] * ${y}[b,i]`,
    ({ x, y }) => x.mul(y).neg(),
  ],
  [
    'products from the left',
    ({ x, y, m }) => tensor`r[b,i] = ${x}[b,i] * ${y}[b,i] * ${m}[b,i]`,
    ({ x, y, m }) => x.mul(y).mul(m),
  ],
  [
    'parentheses',
    ({ x, y, m }) => tensor`r[b,i] = ${x}[b,i] * (${y}[b,i] * (${m}[b,i] - ${x}[b,i]))`,
    ({ x, y, m }) => x.mul(y.mul(m.sub(x))),
  ],
  [
    'differences from the left',
    ({ x, y, m }) => tensor`r[b,i] = ${x}[b,i] - ${y}[b,i] - ${m}[b,i]`,
    ({ x, y, m }) => x.sub(y).sub(m),
  ],
  // Sums.
  [
    'matrix times vector, in blocks',
    ({ A, x }) => tensor`r[b,i] = sum[j] ${A}[b,i,j] * ${x}[b,j]`,
    ({ A, x }) => A.contract('bij,bj->bi', x),
  ],
  [
    'names of several letters',
    ({ A, x }) => tensor`r[block,i] = sum[θ_j] ${A}[block,i,θ_j] * ${x}[block,θ_j]`,
    ({ A, x }) => A.contract('aib,ab->ai', x),
  ],
  [
    'the result in another order',
    ({ A, x }) => tensor`r[i,b] = sum[j] ${A}[b,i,j] * ${x}[b,j]`,
    ({ A, x }) => A.contract('bij,bj->ib', x),
  ],
  [
    'two indices',
    ({ A, M }) => tensor`r[b] = sum[i,j] ${A}[b,i,j] * ${M}[i,j]`,
    ({ A, M }) => A.contract('bij,ij->b', M),
  ],
  [
    'to a scalar',
    ({ x }) => tensor`r = sum[b,i] ${x}[b,i]`,
    ({ x }) => x.sum({ axis: 1 }).sum({ axis: 0 }),
  ],
  [
    'a square',
    ({ x }) => tensor`r = sum[b,i] ${x}[b,i] * ${x}[b,i]`,
    ({ x }) => x.contract('bi,bi->', x),
  ],
  [
    'a sum along the first axis',
    ({ x }) => tensor`r[i] = sum[b] ${x}[b,i]`,
    ({ x }) => x.sum({ axis: 0 }),
  ],
  [
    'a sum of sums is one',
    ({ A, M }) => tensor`r[b] = sum[i] sum[j] ${A}[b,i,j] * ${M}[i,j]`,
    ({ A, M }) => A.contract('bij,ij->b', M),
  ],
  [
    'a sum ends before +',
    ({ M, row }) => tensor`r[i] = sum[j] ${M}[i,j] * ${row}[j] + ${row}[i]`,
    ({ M, row }) => M.contract('ij,j->i', row).add(row),
  ],
  [
    'a sum takes the rest of a product',
    ({ M, row, s }) => tensor`r[i] = ${s} * sum[j] ${M}[i,j] * ${row}[j]`,
    ({ M, row, s }) => s.mul(M.contract('ij,j->i', row)),
  ],
  [
    'a sum of a sum in parentheses',
    ({ x, y }) => tensor`r[b] = sum[i] (${x}[b,i] + ${y}[b,i])`,
    ({ x, y }) => x.add(y).sum({ axis: 1 }),
  ],
  [
    'factors that are computed',
    ({ A, x, y }) => tensor`r[b,i] = sum[j] ${A}[b,i,j] * (${x}[b,j] - ${y}[b,j])`,
    ({ A, x, y }) => A.contract('bij,bj->bi', x.sub(y)),
  ],
  [
    'three factors, the last two first',
    ({ A, x, y }) => tensor`r[b] = sum[i,j] ${x}[b,i] * ${A}[b,i,j] * ${y}[b,j]`,
    ({ A, x, y }) => x.contract('bi,bi->b', A.contract('bij,bj->bi', y)),
  ],
  [
    'three factors of one index: elementwise first',
    ({ x, y, m }) => tensor`r[b] = sum[i] ${x}[b,i] * ${y}[b,i] * ${m}[b,i]`,
    ({ x, y, m }) => x.contract('bi,bi->b', y.mul(m)),
  ],
  [
    'three factors, grouped by the author',
    ({ M, row, x }) => tensor`r[b] = sum[i,j] (${x}[b,i] * ${row}[i]) * ${M}[i,j]`,
    ({ M, row, x }) => x.mul(row).contract('bi,ij->b', M),
  ],
  [
    'an outer factor',
    ({ M, row, x }) => tensor`r[b,i] = sum[j] ${x}[b,i] * ${M}[i,j] * ${row}[j]`,
    ({ M, row, x }) => x.mul(M.contract('ij,j->i', row)),
  ],
  [
    'minus and constants after the sum, once',
    ({ M, row }) => tensor`r[i] = sum[j] -0.5 * (${M}[i,j] * ${row}[j])`,
    ({ M, row }) => M.contract('ij,j->i', row).scale(-0.5, { fraction: 1 }),
  ],
  [
    'constants of all factors, once',
    ({ x, y }) => tensor`r[b,i] = (2 * ${x}[b,i]) * -(0.75 * ${y}[b,i])`,
    ({ x, y }) => x.mul(y).scale(-1.5, { fraction: 1 }),
  ],
  // Indices.
  ['transposed', ({ x }) => tensor`r[i,b] = ${x}[b,i]`, ({ x }) => x.transpose([1, 0])],
  [
    'turned twice',
    ({ A }) => tensor`r[j,b,i] = ${A}[b,i,j] + ${A}[b,i,j]`,
    ({ A }) => A.add(A).transpose([2, 0, 1]),
  ],
  [
    'a symmetric part',
    ({ M }) => tensor`r[i,j] = ${M}[i,j] + ${M}[j,i]`,
    ({ M }) => M.add(M.transpose([1, 0])),
  ],
  [
    'a diagonal',
    ({ M }) => tensor`r[i] = ${M}[i,i]`,
    ({ M }) => M.reshape([9]).gather({ axis: 0, indices: [0, 4, 8] }),
  ],
  [
    'a trace in a contraction',
    ({ A, row }) => tensor`r[b] = sum[i] ${A}[b,i,i] * ${row}[i]`,
    ({ A, row }) => A.contract('bii,i->b', row),
  ],
  [
    'broadcast along the first axis',
    ({ x, row }) => tensor`r[b,i] = ${x}[b,i] + ${row}[i]`,
    ({ x, row }) => x.add(row),
  ],
  [
    'broadcast along the last axis',
    ({ x, column }) => tensor`r[b,i] = ${x}[b,i] + ${column}[b]`,
    ({ x, column }) => x.add(column.reshape([2, 1])),
  ],
  [
    'an outer product',
    ({ row, column }) => tensor`r[b,i] = ${column}[b] * ${row}[i]`,
    ({ row, column }) => column.reshape([2, 1]).mul(row),
  ],
  [
    'an outer product in another order',
    ({ row, column }) => tensor`r[i,b] = ${column}[b] * ${row}[i]`,
    ({ row, column }) => column.mul(row.reshape([3, 1])),
  ],
  ['a scalar times', ({ s, x }) => tensor`r[b,i] = ${s} * ${x}[b,i]`, ({ s, x }) => s.mul(x)],
  // where and constants.
  [
    'unlearned weights',
    ({ m, x, y }) => tensor`u[b,i] = where(${m}[b,i], 0, ${x}[b,i] + ${y}[b,i])`,
    ({ m, x, y }) => m.select(0, x.add(y)),
  ],
  [
    'where, aligned',
    ({ m, x, y }) => tensor`u[b,i] = where(${m}[b,i], ${y}[b,i], ${x}[b,i])`,
    ({ m, x, y }) => m.select(y, x),
  ],
  [
    'where, broadcast',
    ({ m, row, column }) => tensor`u[b,i] = where(${m}[b,i], ${row}[i], ${column}[b])`,
    ({ m, row, column }) => m.select(row, column.reshape([2, 1])),
  ],
  [
    'where of two numbers',
    ({ m }) => tensor`u[b,i] = where(${m}[b,i], 1, 0.25)`,
    ({ m }) =>
      m.select(
        m.constantLike(1, { shape: [], format: u(3, 2) }),
        m.constantLike(0.25, { shape: [], format: u(1, 2) }),
      ),
  ],
  ['plus a number', ({ x }) => tensor`r[b,i] = ${x}[b,i] + 0.5`, ({ x }) => x.add(0.5)],
  ['minus a number', ({ x }) => tensor`r[b,i] = ${x}[b,i] - ${0.5}`, ({ x }) => x.sub(0.5)],
  [
    'a number minus',
    ({ s }) => tensor`r = 1 - ${s}`,
    ({ s }) => s.constantLike(1, { shape: [], format: u(7, 6) }).sub(s),
  ],
  [
    'plus a number that is finer',
    ({ s }) => tensor`r = ${s} + ${2 ** -8}`,
    ({ s }) => s.add(s.constantLike(2 ** -8, { shape: [], format: u(1, 8) })),
  ],
  ['half', ({ x }) => tensor`r[b,i] = 0.5 * ${x}[b,i]`, ({ x }) => x.scale(0.5, { fraction: 1 })],
  ['twice', ({ x }) => tensor`r[b,i] = ${x}[b,i] * ${2}`, ({ x }) => x.scale(2, { fraction: 0 })],
  ['once', ({ x }) => tensor`r[b,i] = 0.1 * 10 * ${x}[b,i]`, ({ x }) => x],
  [
    'folded',
    ({ x }) => tensor`r[b,i] = (1 + 2) * ${x}[b,i]`,
    ({ x }) => x.scale(3, { fraction: 0 }),
  ],
  // Quotients.
  ['a quotient', ({ x, p }) => tensor`r[b,i] = ${x}[b,i] / ${p}[b,i]`, ({ x, p }) => x.div(p)],
  [
    'a quotient in a format',
    ({ x, p }) => tensor`r[b,i]: ${q(24, 12)} = ${x}[b,i] / ${p}[b,i]`,
    ({ x, p }) => x.div(p, { format: q(24, 12) }),
  ],
  [
    'a scalar quotient in a format',
    ({ s, t }) => tensor`r: ${q(16, 8)} = ${s} / ${t}`,
    ({ s, t }) => s.div(t, { format: q(16, 8) }),
  ],
  [
    'quotients and products from the left',
    ({ s, t, d }) => tensor`r[b] = ${s} * ${s} / ${t} * ${d}[b] / ${d}[b]`,
    ({ s, t, d }) => s.mul(s).div(t).mul(d).div(d),
  ],
  [
    'a divisor in parentheses',
    ({ s, t }) => tensor`r = ${s} / (${t} * ${t})`,
    ({ s, t }) => s.div(t.mul(t)),
  ],
  ['minus before a quotient', ({ s, t }) => tensor`r = -${s} / ${t}`, ({ s, t }) => s.neg().div(t)],
  [
    'a quotient ends before +',
    ({ s, t }) => tensor`r = ${s} / ${t} + ${t}`,
    ({ s, t }) => s.div(t).add(t),
  ],
  [
    'a divisor that is broadcast along the last axis',
    ({ x, d }) => tensor`r[b,i]: ${q(30, 12)} = ${x}[b,i] / ${d}[b]`,
    ({ x, d }) => x.div(d.reshape([2, 1]), { format: q(30, 12) }),
  ],
  [
    'a sum takes quotients: each term is rounded',
    ({ x, d }) => tensor`r[b] = sum[i] ${x}[b,i] / ${d}[b]`,
    ({ x, d }) => x.div(d.reshape([2, 1])).sum({ axis: 1 }),
  ],
  [
    'a sum in parentheses is divided once',
    ({ x, d }) => tensor`r[b] = (sum[i] ${x}[b,i]) / ${d}[b]`,
    ({ x, d }) => x.sum({ axis: 1 }).div(d),
  ],
  [
    'a sum divides',
    ({ x, p }) => tensor`r[b,i] = ${x}[b,i] / sum[j] ${p}[b,j]`,
    ({ x, p }) => x.div(p.sum({ axis: 1 }).reshape([2, 1])),
  ],
  [
    'a sum of products with quotients',
    ({ x, y, p }) => tensor`r[b] = sum[i] ${x}[b,i] / ${p}[b,i] * ${y}[b,i]`,
    ({ x, y, p }) => x.div(p).contract('bi,bi->b', y),
  ],
  [
    'a quotient by a number',
    ({ x }) => tensor`r[b,i] = ${x}[b,i] / 4`,
    ({ x }) => x.scale(0.25, { fraction: 2 }),
  ],
  [
    'numbers are divided exactly',
    ({ x }) => tensor`r[b,i] = 3 / ${8} * ${x}[b,i] / 3 * 2`,
    ({ x }) => x.scale(0.25, { fraction: 2 }),
  ],
  [
    'a factor stays in the dividend',
    ({ s, t }) => tensor`r = 0.5 * ${s} / ${t}`,
    ({ s, t }) => s.scale(0.5, { fraction: 1 }).div(t),
  ],
  [
    'a factor of a quotient',
    ({ s, t }) => tensor`r = 0.5 * (${s} / ${t})`,
    ({ s, t }) => s.div(t).scale(0.5, { fraction: 1 }),
  ],
  [
    'one divided',
    ({ t }) => tensor`r: ${q(24, 12)} = 1 / ${t}`,
    ({ t }) => t.reciprocal({ format: q(24, 12) }),
  ],
  [
    'a number divided',
    ({ t }) => tensor`r = -0.75 / ${t}`,
    ({ t }) => t.constantLike(-0.75, { shape: [], format: q(3, 2) }).div(t),
  ],
  [
    'roots and reciprocals',
    ({ t }) => tensor`r = sqrt(${t}) + rsqrt(${t}) * reciprocal(${t})`,
    ({ t }) => t.sqrt().add(t.rsqrt().mul(t.reciprocal())),
  ],
  [
    'a root in a format',
    ({ p }) => tensor`r[b,i]: ${q(24, 12)} = sqrt(${p}[b,i])`,
    ({ p }) => p.sqrt({ format: q(24, 12) }),
  ],
  [
    'bounds of a quotient, exactly',
    ({ s, t }) => assert`-1/3 <= ${s} / ${t} <= 1/3`,
    ({ s, t }) => void s.div(t).assertWithin({ low: -1 / 3, high: 1 / 3 }),
  ],
  // Assertions.
  [
    'bounds',
    ({ x }) => assert`-0.5 <= ${x}[b,i] <= ${0.5}`,
    ({ x }) => void x.assertWithin({ low: -0.5, high: 0.5 }),
  ],
  [
    'bounds between two numbers of the format, inwards',
    ({ s }) => assert`-0.1 <= ${s} <= 0.1`,
    ({ s }) => void s.assertWithin({ low: -0.1, high: 0.1 }),
  ],
  [
    'strict bounds exclude themselves',
    ({ s }) => assert`-0.5 < ${s} < 0.5`,
    ({ s }) => void s.assertWithin({ low: -0.5 + 2 ** -6, high: 0.5 - 2 ** -6 }),
  ],
  [
    'strict bounds between two numbers of the format',
    ({ s }) => assert`-0.1 < ${s} < 0.1`,
    ({ s }) => void s.assertWithin({ low: -0.1, high: 0.1 }),
  ],
  [
    'the other way round',
    ({ s }) => assert`0.5 > ${s} >= -0.5`,
    ({ s }) => void s.assertWithin({ low: -0.5, high: 0.5 - 2 ** -6 }),
  ],
  [
    'one bound',
    ({ x }) => assert`${x}[b,i] < 1`,
    ({ x }) => void x.assertWithin({ low: -8, high: 1 - 2 ** -20 }),
  ],
  [
    'a difference',
    ({ x, y }) => assert`0 <= ${y}[b,i] - ${x}[b,i]`,
    ({ x, y }) => {
      const difference = y.sub(x);
      difference.assertWithin({ low: 0, high: 2 ** 10 - 2 ** -20 });
    },
  ],
  [
    'a residual',
    ({ A, x, y }) => assert`sum[j] ${A}[b,i,j] * ${x}[b,j] == ${y}[b,i]`,
    ({ A, x, y }) => A.contract('bij,bj->bi', x).sub(y).assertZero(),
  ],
  ['zero', ({ x }) => assert`${x}[b,i] == 0`, ({ x }) => x.assertZero()],
];

test.each(same)('%s', (_, template, methods) => {
  expect(textOf(template)).toBe(textOf(methods));
});
