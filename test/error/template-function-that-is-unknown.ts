import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [3]);
  tensor`y[i] = ${x}[i] + relu(${x}[i])`.expose('y');
});
