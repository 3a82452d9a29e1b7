import { circuit, real } from 'lethe';

export default circuit('range-that-is-empty', {}, (c) => {
  c.secret('x', real(1, 1), [2]).expose('y');
});
