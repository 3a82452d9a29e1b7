import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 4), [3]);
  tensor`y[i] = max(${x}[i]) + abs(${x}[i], 1) + min(1, 2)`.expose('y');
});
