import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const a = c.secret('a', q(16, 8), [3]);
  // Its place is behind q[i].
  tensor`q[i] = ${a}[i] / ${q(24, 12)}`.expose('q');
});
