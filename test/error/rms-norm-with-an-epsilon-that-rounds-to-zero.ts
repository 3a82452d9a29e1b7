import { circuit, q } from 'lethe';
import { rmsNorm } from 'lethe/stdlib';

export default circuit('mistaken', {}, (c) => {
  rmsNorm(c.secret('x', q(16, 12), [8]), { epsilon: 1e-9, format: q(20, 12) }).expose('y');
});
