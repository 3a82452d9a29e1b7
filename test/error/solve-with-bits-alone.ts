import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  // @ts-expect-error JavaScript lets it through
  solve({ matrix: x, format: 16, smallestEigenvalue: 1 }).expose('z');
});
