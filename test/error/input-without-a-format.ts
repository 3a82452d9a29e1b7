import { circuit } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  // @ts-expect-error JavaScript lets it through
  c.secret('y', [2]).expose('z');
});
