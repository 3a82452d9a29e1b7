import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const matrix = c.secret('matrix', q(8, 4), [2, 2]);
  solve({ matrix, format: q(8, 4), tolerance: 1, smallestEigenvalue: 0 }).expose('z');
});
