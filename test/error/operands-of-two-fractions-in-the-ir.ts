import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.apply('add', [c.secret('y', q(24, 12), [2, 3])]).expose('z');
});
