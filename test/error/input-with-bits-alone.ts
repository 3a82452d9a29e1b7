import { circuit } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  // @ts-expect-error JavaScript lets it through
  c.public('y', 16).expose('z');
});
