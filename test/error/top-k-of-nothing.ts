import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 4), [3]);
  x.topK(undefined as never).expose('y');
});
