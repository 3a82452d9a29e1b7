import { circuit, field, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const salts = c.secret('salts', field, [3]);
  const x = c.secret('x', q(24, 20), [3]);
  tensor`y[i] = ${x}[i] + ${salts}[i]`.expose('y');
});
