import { circuit, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', u(0, 0)).expose('z');
});
