import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.add(c.constant(9, q(24, 20))).expose('z');
});
