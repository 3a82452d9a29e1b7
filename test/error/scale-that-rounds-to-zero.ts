import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('gradient', q(16, 12)).scale(1e-4, { fraction: 12 }).expose('step');
});
