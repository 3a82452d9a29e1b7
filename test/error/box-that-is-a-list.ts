import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  // @ts-expect-error JavaScript lets it through
  c.root({ of: (x) => x.mul(x).sub(v), format: q(12, 6), box: [0, 8] }).expose('r');
});
