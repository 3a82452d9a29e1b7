import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  // @ts-expect-error JavaScript lets it through
  c.root({ of: (x) => v.sub(x), format: q(16, 8) }).expose('r');
});
