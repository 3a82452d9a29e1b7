import { circuit, tensor, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const a = c.secret('a', u(16, 8), [3]);
  tensor`r[i] = sqrt(${a}[i], 12)`.expose('r');
});
