import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(16, 8));
  c.root({
    // @ts-expect-error JavaScript lets it through
    of: (x) => {
      x.mul(v).sub(1);
    },
    format: q(16, 12),
  }).expose('r');
});
