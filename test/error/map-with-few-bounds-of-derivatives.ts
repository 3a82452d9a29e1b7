import { circuit, defineFunction, q } from 'lethe';

const bowl = defineFunction('bowl', { at: (x) => x * x, derivatives: [16, 2] });

export default circuit('mistaken', {}, (c) => {
  c.secret('x', q(16, 12))
    .map(bowl, { format: q(20, 12) })
    .expose('y');
});
