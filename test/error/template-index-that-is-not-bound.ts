import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const C = c.secret('C', q(24, 12), [2, 3, 3]);
  const x = c.secret('x', q(24, 20), [2, 3]);
  tensor`r[b,i] = sum[j] ${C}[b,i,k] * ${x}[b,j]`.expose('r');
});
