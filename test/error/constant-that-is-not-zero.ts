import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.expose('z');
  c.constant(1, q(8, 0)).assertZero();
});
