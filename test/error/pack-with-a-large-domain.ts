import { circuit, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.secret('x', u(64, 0), [3])
    .pack({ domain: 2 ** 53 })
    .expose('z');
});
