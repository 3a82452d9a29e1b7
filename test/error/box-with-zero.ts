import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const v = c.secret('v', u(8, 4)).add(1);
  c.root({
    of: (x) => x.mul(x).mul(v).sub(1),
    format: q(12, 6),
    box: { low: 0, high: 2 },
    tolerance: 2 ** -4,
  }).expose('r');
});
