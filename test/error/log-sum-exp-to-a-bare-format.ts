import { circuit, q } from 'lethe';
import { logSumExp } from 'lethe/stdlib';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(16, 12), [4]);
  logSumExp(x, q(20, 12) as never).expose('y');
});
