import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const A = c.secret('A', q(24, 12), [3, 4]);
  const x = c.secret('x', q(24, 20), [3]);
  tensor`y[i,i] = sum[j] ${A}[i,j] * x[j] + where(${x}[i], ${x}[k]) - ${'z' as never}`.expose('y');
});
