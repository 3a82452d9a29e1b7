import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 4), [3]);
  x.gather({ axis: 0, index: 1 as never }).expose('y');
});
