import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(16, 8));
  c.root({ of: (x) => x.sub(x).add(v), format: q(16, 12) }).expose('r');
});
