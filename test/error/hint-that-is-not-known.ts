import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  c.advice('logarithm', [x], q(8, 4)).expose('z');
});
