import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.slice({ axis: 1, start: 1, end: 1 }).expose('z');
});
