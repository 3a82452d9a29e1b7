import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  c.root({ of: (x) => x.mul(x).sub(v), format: q(12, 9), box: { low: 8, high: 16 } }).expose('r');
});
