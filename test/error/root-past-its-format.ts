import { circuit, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  c.root({ of: (x) => x.mul(x).sub(v), format: u(8, 7), box: { low: 0.5, high: 2 } }).expose('r');
});
