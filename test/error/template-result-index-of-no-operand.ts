import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [3]);
  tensor`y[b,i] = ${x}[i] * ${x}[i]`.expose('y');
});
