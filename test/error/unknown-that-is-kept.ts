import { circuit, q, u, type Unknown } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const b = c.secret('b', u(4, 0)).add(2);
  let kept: Unknown | undefined;
  c.root({ of: (x) => (kept = x.mul(b).sub(3)), format: q(8, 4) }).expose('r');
  c.root({ of: () => kept!, format: q(8, 0) }).expose('s');
});
