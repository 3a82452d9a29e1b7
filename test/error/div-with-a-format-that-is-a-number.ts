import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(16, 8), [3]);
  // @ts-expect-error JavaScript lets it through
  x.div(x.abs().add(1), { format: 12 }).expose('z');
});
