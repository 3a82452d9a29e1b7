import { circuit, defineFunction, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const square = defineFunction('square', { at: (x) => x * x, derivatives: [16] });
  c.secret('x', q(12, 8), [2])
    .map(square, { format: q(24, 16) })
    .expose('y');
});
