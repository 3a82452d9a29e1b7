import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(8, 0), [1]);
  x.mul(x).add(300).assertWithin({ low: -9, high: 9 });
});
