import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const matrix = c.secret('matrix', q(8, 4), [2, 2]);
  const values = c.secret('values', q(8, 4), [2]);
  const pinned = { mask: values, values };
  solve({ matrix, pinned, format: q(8, 4), tolerance: 1, smallestEigenvalue: 1 }).expose('z');
});
