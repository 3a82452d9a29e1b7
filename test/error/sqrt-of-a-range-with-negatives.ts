import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', q(16, 8)).sqrt().expose('y');
});
