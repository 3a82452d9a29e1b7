import { circuit, real } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('y', real(0, 1), [2], { exact: true }).expose('z');
});
