import { bit, circuit } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', bit, [2, 0]).expose('z');
});
