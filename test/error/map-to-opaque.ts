import { circuit, q, field } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(12, 8), [2]);
  x.map('exp', { format: field }).expose('y');
});
