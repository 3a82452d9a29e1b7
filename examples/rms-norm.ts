// RMSNorm of rows: y = γ x / √v with v = mean(x²) + ε. Rows with v < 1/4 are refused. A commitment binds x.
import { circuit, field, q } from 'lethe';
import { commit, rmsNorm } from 'lethe/stdlib';

export default circuit('rms-norm', { rows: 2, width: 8 }, (c, { rows, width }) => {
  const x = c.secret('x', q(16, 12), [rows, width], { exact: true });
  const gamma = c.public('gamma', q(12, 10), [width], { exact: true });
  const salts = c.secret('salts', field, [rows, 1]);

  const options = { gain: gamma, epsilon: 2 ** -10, least: 1 / 4, format: q(20, 12) };
  rmsNorm(x, options).expose('y');
  commit(x, { salts }).expose('inputs');
});
