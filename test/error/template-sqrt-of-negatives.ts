import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const a = c.secret('a', q(16, 8), [3]);
  tensor`r[i] = 2 * sqrt(${a}[i])`.expose('r');
});
