import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const wide = c.secret('wide', q(252, 0), [2]);
  wide.sum({ axis: 0 }).expose('z');
});
