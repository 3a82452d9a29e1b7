import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(16, 8), [3]);
  x.div(x.abs().add(0.25), { format: q(12, 8) }).expose('z');
});
