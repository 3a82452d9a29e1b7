import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  solve({ matrix: x, format: q(8, 4), tolerance: 1, smallestEigenvalue: 1 }).expose('z');
});
