import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const [a, b] = [c.secret('a', q(16, 12)), c.secret('b', u(12, 8)).add(0.25)];
  a.div(b, { format: q(16, 12) }).expose('quotient');
});
