import { assert, circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [3]);
  tensor`y[i] = 1e999999999 * ${x}[i] + ${5e-324}`.expose('y');
  assert`${x}[i] < 1e309`;
});
