import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  // @ts-expect-error JavaScript lets it through
  solve({ matrix: x, pinned: { mask: x }, format: q(16, 8), smallestEigenvalue: 1 }).expose('z');
});
