import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  c.root({ of: (x) => x.mul(x).sub(v), format: q(12, 6), box: { low: 5, high: 8 } }).expose('r');
});
