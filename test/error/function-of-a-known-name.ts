import { circuit, defineFunction, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const exp = defineFunction('exp', { at: (x) => 2 ** x, derivatives: [1, 1] });
  c.secret('x', q(12, 8), [2])
    .map(exp, { format: q(24, 16) })
    .expose('y');
});
