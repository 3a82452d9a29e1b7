import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', q(8, 0)).pack().expose('z');
});
