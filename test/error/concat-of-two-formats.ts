import { circuit, concat, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  concat([x, c.secret('y', q(8, 0), [2, 3])], { axis: 0 }).expose('z');
});
