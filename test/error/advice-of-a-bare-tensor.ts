import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  // @ts-expect-error JavaScript lets it through
  c.advice('square-root', x, u(12, 8), [2, 3]).expose('z');
});
