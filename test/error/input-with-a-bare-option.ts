import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  // @ts-expect-error JavaScript lets it through
  c.secret('y', q(16, 12), [2], true).expose('z');
});
