// RMSNorm of rows: y = γ x / √v with v = mean(x²) + ε. Rows with v < 1/4 are refused. A commitment binds x.
// No equation defines a reciprocal square root yet: the prover chooses r and shows that r² v is 1, within a tolerance τ.
import { circuit, defineHint, field, q, tensor, u } from 'lethe';
import { commit } from 'lethe/stdlib';

const rsqrt = defineHint('rsqrt', ([v]) => v!.map((value) => 1 / Math.sqrt(value)));
const [epsilon, tau] = [2 ** -10, 2 ** -13];

export default circuit('rms-norm', { rows: 2, log2Width: 3 }, (c, { rows, log2Width }) => {
  const width = 2 ** log2Width;
  const x = c.secret('x', q(16, 12), [rows, width], { exact: true });
  const gamma = c.public('gamma', q(12, 10), [width], { exact: true });
  const salts = c.secret('salts', field, [rows, 1]);

  const squares = tensor`s[b] = sum[i] ${x}[b,i] * ${x}[b,i]`;
  const v = squares.scale(1 / width, { fraction: log2Width }).add(epsilon); // exact
  v.assertWithin({ low: 1 / 4, high: 65 });
  const r = c.advice(rsqrt, [v], u(24, 22), [rows], { within: tau / (1 - tau / 2) });
  tensor`r[b] = ${r}[b] * ${r}[b] * ${v}[b]`.assertWithin({ low: 1 - tau, high: 1 + tau });
  c.assume('rsqrt.within', {
    because:
      'r = (1 + d) / sqrt(v) >= 0 and |(1 + d)^2 - 1| <= tau, so |d| <= tau / (2 - tau); 1 / sqrt(v) <= 2',
  });

  tensor`y[b,i] = ${gamma}[i] * ${x}[b,i] * ${r}[b]`.rescale(q(20, 12)).expose('y');
  commit(x, { salts }).expose('inputs');
});
