import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  // @ts-expect-error JavaScript lets it through
  c.constant(rows, q(16, 12), [2, 3]).expose('z');
});
