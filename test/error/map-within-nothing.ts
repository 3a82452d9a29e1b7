import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(12, 8), [2]);
  x.map('exp', { format: q(24, 16), within: 0 }).expose('y');
});
