import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(16, 8), [3]);
  const y = c.secret('y', q(12, 6), [3]);
  x.div(y).expose('z');
});
