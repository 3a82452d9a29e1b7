import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 4), [3]);
  tensor`y[i] = ${x}[i] > 0 & 1 | 2 < 3`.expose('y');
});
