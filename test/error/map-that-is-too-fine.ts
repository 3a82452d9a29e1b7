import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(12, 8), [2]);
  x.map('tanh', { format: q(100, 90) }).expose('y');
});
