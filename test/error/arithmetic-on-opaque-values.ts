import { circuit, field, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.add(c.secret('y', field, [2, 3])).expose('z');
});
