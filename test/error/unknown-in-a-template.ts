import { circuit, q, tensor, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(16, 8)).add(1);
  // @ts-expect-error JavaScript lets it through
  c.root({ of: (x) => tensor`f = ${x} * ${v}`, format: q(16, 12) }).expose('r');
});
