import { assert, circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 4), [3]);
  assert`0 < ${x}[i] < 0.0625`;
});
