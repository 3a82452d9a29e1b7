import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(16, 8), [3]);
  x.div(x.abs().add(1), q(24, 12)).expose('z');
});
