import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  c.advice('reciprocal', [x], u(24, 20), [2, 3], { within: -0.5 }).expose('z');
});
