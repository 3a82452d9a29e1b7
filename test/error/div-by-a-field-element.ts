import { circuit, field, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('a', q(16, 12)).div(c.secret('b', field)).expose('quotient');
});
