import { assert, circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 4), [3]);
  assert`${x}[i] == 0.1`;
});
