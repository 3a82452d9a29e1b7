import { circuit, q, solveGram } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  // @ts-expect-error JavaScript lets it through
  solveGram({ damping: 1, format: q(16, 8), pinned: { mask: x, values: 0 } }).expose('z');
});
