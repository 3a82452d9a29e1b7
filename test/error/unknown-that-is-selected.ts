import { bit, circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(16, 8)).add(1);
  const m = c.public('m', bit);
  // @ts-expect-error JavaScript lets it through
  c.root({ of: (x) => m.select(x, v), format: q(16, 12) }).expose('r');
});
