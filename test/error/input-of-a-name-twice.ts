import { bit, circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  c.public('x', bit).expose('z');
  x.expose('w');
});
