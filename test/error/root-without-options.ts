import { circuit } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  // @ts-expect-error JavaScript lets it through
  c.root().expose('r');
});
