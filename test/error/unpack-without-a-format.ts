import { circuit, q, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  // @ts-expect-error JavaScript lets it through
  c.secret('w', u(64, 0), [2]).unpack(q(24, 20)).expose('z');
});
