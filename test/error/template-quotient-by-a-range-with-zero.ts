import { circuit, q, tensor } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const [a, b] = [c.secret('a', q(16, 8), [3]), c.secret('b', q(12, 6), [3])];
  tensor`q[i]: ${q(24, 12)} = ${a}[i] / ${b}[i]`.expose('q');
});
