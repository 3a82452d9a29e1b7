import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const matrix = c.secret('matrix', q(8, 4), [2, 2]);
  const rhs = c.secret('rhs', q(24, 20), [2]);
  solve({ matrix, rhs, format: q(8, 4), tolerance: 1, smallestEigenvalue: 1 }).expose('z');
});
