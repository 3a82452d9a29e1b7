import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const a = c.secret('a', q(16, 8), [3]);
  tensor`q[i] = ${a}[i] / (2 - 2)`.expose('q');
});
