import { bit, circuit } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('a', bit);
  c.public('b', bit);
  c.public('d', bit).expose('z');
});
