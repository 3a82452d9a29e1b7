import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.add(c.constant(NaN, q(24, 20))).expose('z');
});
