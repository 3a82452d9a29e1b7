import { assert, circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [3]);
  const y = c.secret('y', q(24, 20), [3]);
  assert`${x}[i] <= ${y}[i]`;
});
