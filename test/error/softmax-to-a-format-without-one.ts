import { circuit, q } from 'lethe';
import { softmax } from 'lethe/stdlib';

export default circuit('mistaken', {}, (c) => {
  softmax(c.secret('x', q(16, 12), [4]), { format: q(16, 15) }).expose('p');
});
