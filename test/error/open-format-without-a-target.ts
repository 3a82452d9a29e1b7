import { circuit, real } from 'lethe';

export default circuit('open-format-without-a-target', {}, (c) => {
  c.secret('x', real(-1, 1), [2]).expose('y');
});
