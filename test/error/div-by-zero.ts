import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', q(16, 8), [3]).div(0).expose('y');
});
