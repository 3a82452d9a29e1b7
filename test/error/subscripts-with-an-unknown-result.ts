import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.contract('ij,ij->k', x).expose('z');
});
