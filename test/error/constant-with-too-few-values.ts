import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.add(c.constant([1, 2], q(24, 20), [3])).expose('z');
});
