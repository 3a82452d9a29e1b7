import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', q(24, 20), [2, 3]);
  // @ts-expect-error JavaScript lets it through
  x.clip(-1, 1).expose('y');
});
