import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(8, 0), [1]);
  x.mul(x).add(300).rescale(u(8, 0)).expose('z');
});
