import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  const s = c.secret('s', q(24, 20));
  tensor`y[b,i] = ${s}[i] * ${x}`.expose('y');
});
