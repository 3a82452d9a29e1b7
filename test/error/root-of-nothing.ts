import { circuit, q } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  // @ts-expect-error JavaScript lets it through
  c.root({ format: q(16, 12) }).expose('r');
});
