import { circuit, q, u, type Unknown } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const b = c.secret('b', u(4, 0)).add(2);
  const inner = (x: Unknown) => c.root({ of: (y) => y.mul(b).sub(x), format: q(8, 4) });
  c.root({ of: (x) => x.mul(b).sub(inner(x)), format: q(8, 4) }).expose('r');
});
