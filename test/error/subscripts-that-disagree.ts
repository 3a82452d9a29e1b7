import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.contract('ij,kj->ik', c.secret('y', q(8, 0), [5, 4])).expose('z');
});
