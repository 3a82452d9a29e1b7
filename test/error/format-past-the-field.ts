import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', q(253, 0)).expose('z');
});
