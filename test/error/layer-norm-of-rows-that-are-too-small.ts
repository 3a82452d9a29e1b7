import { circuit, q } from 'lethe';
import { layerNorm } from 'lethe/stdlib';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(16, 12), [8]);
  layerNorm(x, { epsilon: 1e-5, least: 1000, format: q(20, 12) }).expose('y');
});
