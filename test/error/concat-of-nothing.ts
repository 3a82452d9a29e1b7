import { bit, circuit, concat } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  c.public('x', bit).expose('y');
  concat([], { axis: 0 }).expose('z');
});
