// Circuits whose assertions random inputs hardly ever meet, each of another kind.
import { assert, bit, circuit, field, q, tensor, u } from '../../../../dsl/index.ts';
import { commit } from '../../../../stdlib/index.ts';

/** A public product of two secret factors. */
export const product = circuit('product', {}, (c) => {
  const [x, y] = [c.secret('x', u(16, 0)), c.secret('y', u(16, 0))];
  x.mul(y)
    .sub(c.public('z', u(32, 0)))
    .assertZero();
});

/** The product fits nothing but small factors. */
export const smallProduct = circuit('small-product', {}, (c) => {
  const [x, y] = [c.secret('x', u(30, 0), [3]), c.secret('y', u(30, 0), [3])];
  x.mul(y)
    .sub(c.public('z', u(12, 0), [3]))
    .assertZero();
});

export const sorted = circuit('sorted', { n: 8 }, (c, { n }) => {
  const x = c.secret('x', q(24, 8), [n]);
  const later = x.slice({ axis: 0, start: 1, end: n });
  assert`${later}[i] - ${x.slice({ axis: 0, start: 0, end: n - 1 })}[i] >= 0`;
  x.sum({ axis: 0 }).expose('sum');
});

export const maskOfK = circuit('mask-of-k', { n: 24, k: 5 }, (c, { n, k }) => {
  const mask = c.public('mask', bit, [n]);
  assert`sum[i] ${mask}[i] == ${k}`;
  mask.contract('i,i->', c.secret('x', q(16, 8), [n])).expose('chosen');
});

/** x in a narrow band after a product with a public factor and a rescale. */
export const band = circuit('band', { n: 4 }, (c, { n }) => {
  const x = c.secret('x', q(24, 12), [n]);
  const w = c.public('w', q(16, 8), [n]);
  const y = x.mul(w).rescale(q(32, 10)).assertWithin({ low: 2.5, high: 2.625 });
  y.expose('y');
});

export const simplex = circuit('simplex', { n: 6 }, (c, { n }) => {
  const p = c.secret('p', u(17, 16), [n]);
  assert`sum[i] ${p}[i] == 1`;
  p.contract('i,i->', c.public('v', q(16, 8), [n])).expose('mean');
});

/** Probabilities and their product with a matrix are known at once; the salts are free. */
export const stationary = circuit('stationary', { n: 3 }, (c, { n }) => {
  const p = c.secret('p', u(17, 16), [n]);
  const matrix = c.public('matrix', u(9, 8), [n, n]);
  assert`sum[i] ${p}[i] == 1`;
  assert`sum[j] ${matrix}[i,j] == 1`;
  const next = matrix.contract('ij,i->j', p).rescale(u(18, 16));
  next.sub(p).assertWithin({ low: -(2 ** -8), high: 2 ** -8 });
  commit(p.reshape([1, n]), { salts: c.secret('salt', field, [1, 1]) }).expose('commitment');
});

export const symmetricMatrix = circuit('symmetric-matrix', { n: 4 }, (c, { n }) => {
  const m = c.secret('m', q(20, 8), [n, n]);
  assert`${m}[i,j] - ${m}[j,i] == 0`;
  m.contract('ij,j->i', c.public('x', q(12, 4), [n])).expose('y');
});

export const quotient = circuit('quotient', { n: 3 }, (c, { n }) => {
  const x = c.public('x', u(24, 0), [n]);
  const d = c.public('d', u(12, 0), [n]);
  const [whole, rest] = [c.secret('q', u(24, 0), [n]), c.secret('r', u(12, 0), [n])];
  whole.mul(d).add(rest).sub(x).assertZero();
  assert`${d}[i] - ${rest}[i] - 1 >= 0`;
});

/** A secret one-hot vector that points at the maximum. */
export const argmax = circuit('argmax', { n: 6 }, (c, { n }) => {
  const x = c.secret('x', q(20, 10), [n]);
  const hot = c.public('hot', bit, [n]);
  assert`sum[i] ${hot}[i] == 1`;
  const best = tensor`m = sum[i] ${hot}[i] * ${x}[i]`;
  assert`${best} - ${x}[i] >= 0`;
});

/** A public input that is a function of secrets. */
export const given = circuit('given', { n: 4 }, (c, { n }) => {
  const x = c.secret('x', q(16, 8), [n]);
  const y = tensor`y = sum[i] ${x}[i] * ${x}[i]`.rescale(q(30, 8));
  y.sub(c.public('y', q(30, 8))).assertZero();
  x.mul(c.secret('w', q(16, 8), [n]))
    .sub(c.public('z', q(40, 16), [n]))
    .assertZero();
});

/** Each bound leaves a small part of the one before. */
export const nested = circuit('nested', { n: 3 }, (c, { n }) => {
  const x = c.secret('x', q(40, 20), [n]).assertWithin({ low: 10, high: 11 });
  const y = x.mul(x).rescale(q(40, 20)).assertWithin({ low: 110, high: 112 });
  y.sub(x).assertWithin({ low: 99.75, high: 100 }).expose('y');
});

/** x³ − 2x − c = 0 to within the last places. */
export const polynomial = circuit('polynomial', {}, (c) => {
  const x = c.secret('x', q(24, 16));
  const cube = x.mul(x).mul(x);
  const rest = cube.sub(x.scale(2, { fraction: 32 })).sub(c.constant(5, q(8, 0)));
  rest.assertWithin({ low: -(2 ** -12), high: 2 ** -12 });
});

/** Two roots, both inside. */
export const roots = circuit('roots', {}, (c) => {
  const x = c.secret('x', u(24, 0));
  x.mul(x)
    .sub(x.scale(3000, { fraction: 0 }))
    .add(1231 * 1769)
    .assertZero();
});

export const zeroProducts = circuit('zero-products', { n: 6 }, (c, { n }) => {
  const [x, y] = [c.secret('x', q(16, 8), [n]), c.secret('y', q(16, 8), [n])];
  x.mul(y).assertZero();
  x.add(y).sum({ axis: 0 }).assertWithin({ low: 3, high: 4 }).expose('sum');
});

/** A matrix with one 1 in each row and column that sorts a vector. */
export const permutation = circuit('permutation', { n: 4 }, (c, { n }) => {
  const p = c.secret('p', bit, [n, n]);
  const x = c.public('x', u(12, 0), [n]);
  assert`sum[j] ${p}[i,j] == 1`;
  assert`sum[i] ${p}[i,j] == 1`;
  const y = p.contract('ij,j->i', x);
  assert`${y.slice({ axis: 0, start: 1, end: n })}[i] - ${y.slice({ axis: 0, start: 0, end: n - 1 })}[i] >= 0`;
});

/** A secret on the unit circle, and a rotation by it of a public point that keeps its length. */
export const unitCircle = circuit('unit-circle', {}, (c) => {
  const [a, b] = [c.secret('a', q(18, 16)), c.secret('b', q(18, 16))];
  a.mul(a)
    .add(b.mul(b))
    .sub(1)
    .assertWithin({ low: -(2 ** -14), high: 2 ** -14 });
});

/** B is the inverse of A, up to a tolerance. */
export const inverse = circuit('inverse', { n: 2 }, (c, { n }) => {
  const [a, b] = [c.secret('a', q(16, 8), [n, n]), c.secret('b', q(24, 16), [n, n])];
  const identity = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  a.contract('ij,jk->ik', b)
    .sub(c.constant(identity, bit, [n, n]).align({ fraction: 24 }))
    .assertWithin({ low: -0.01, high: 0.01 });
});

/** A path in a table: each index is in the place that the one before it says. */
export const chain = circuit('chain', { n: 4 }, (c, { n }) => {
  const table = c.public('table', u(4, 0), [9]);
  const path = c.secret('path', u(4, 0), [n]);
  const next = table.gather({ axis: 0, index: path.slice({ axis: 0, start: 0, end: n - 1 }) });
  next.sub(path.slice({ axis: 0, start: 1, end: n })).assertZero();
});

/** A threshold between the k largest and the others. */
export const threshold = circuit('threshold', { n: 12, k: 4 }, (c, { n, k }) => {
  const x = c.secret('x', q(30, 16), [n]);
  const t = c.secret('t', q(30, 16));
  const mask = c.public('mask', bit, [n]);
  assert`sum[i] ${mask}[i] == ${k}`;
  const ordered = tensor`o[i] = where(${mask}[i], ${x}[i] - ${t}, ${t} - ${x}[i])`;
  assert`${ordered}[i] >= 0`;
});

/** Many elements, each in a small part of its format. */
export const wide = circuit('wide', { n: 400 }, (c, { n }) => {
  const x = c.secret('x', q(32, 16), [n]).assertWithin({ low: 0.5, high: 1 });
  x.sum({ axis: 0 }).expose('sum');
});
