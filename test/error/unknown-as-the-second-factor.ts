import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(16, 8)).add(1);
  // @ts-expect-error JavaScript lets it through
  c.root({ of: (x) => v.mul(x).sub(1), format: q(16, 12) }).expose('r');
});
