import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  x.assertWithin({ low: 9, high: 10 });
});
