import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', q(16, 12)).expose('y');
  c.assume('x.within', undefined as never);
});
