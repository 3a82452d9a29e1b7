import { bit, circuit } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('my input', bit).expose('z');
});
