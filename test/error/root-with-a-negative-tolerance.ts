import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  c.root({ of: (x) => x.mul(v).sub(1), format: q(12, 6), tolerance: -0.5 }).expose('r');
});
