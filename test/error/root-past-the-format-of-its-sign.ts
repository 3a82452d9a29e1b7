import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  const w = c.secret('w', q(8, 4));
  c.root({ of: (x) => x.mul(v).sub(w), format: u(8, 4), tolerance: 0.25 }).expose('r');
});
