import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(12, 8), [2]);
  // @ts-expect-error JavaScript lets it through
  x.map(Math.exp, { format: q(24, 20) }).expose('y');
});
