import { circuit, q, tensor, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const [a, b] = [c.secret('a', q(16, 8), [3]), c.secret('b', u(12, 6), [3]).add(1)];
  tensor`q[i]: ${24} = ${a}[i] / ${b}[i]`.expose('q');
});
