import { circuit, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', u(16, 8)).reciprocal().expose('y');
});
