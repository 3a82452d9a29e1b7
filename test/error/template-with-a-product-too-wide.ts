import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(200, 20), [3]);
  tensor`s = 1 - sum[i] ${x}[i] * ${x}[i]`.expose('s');
});
