import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const wide = c.secret('wide', q(130, 0));
  wide.mul(wide).expose('z');
});
