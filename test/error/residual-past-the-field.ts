import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const matrix = c.secret('matrix', q(127, 4), [2, 2]);
  solve({ matrix, format: q(127, 4), tolerance: 1, smallestEigenvalue: 1 }).expose('z');
});
