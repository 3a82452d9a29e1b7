import { circuit, q, solve } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const matrix = [
    [1, 0],
    [0, 1],
  ];
  c.public('x', q(8, 0)).expose('y');
  // @ts-expect-error JavaScript lets it through
  solve({ matrix, format: q(16, 8), smallestEigenvalue: 1 }).expose('z');
});
