import { circuit, real } from 'lethe';

export default circuit('two-open-formats-of-one-name', {}, (c) => {
  c.secret('x', real(-1, 1, 'a'))
    .add(c.secret('y', real(-1, 1, 'a')))
    .expose('z');
});
