import { circuit, field } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', field, [2]).pack().expose('z');
});
