import { bit, circuit, q } from 'lethe';
import { groupObs } from 'lethe/stdlib';

export default circuit('mistaken', {}, (c) => {
  const weights = c.secret('weights', q(24, 20), [2, 3]);
  const mask = c.public('mask', bit, [2, 3]);
  const curvature = c.secret('curvature', q(24, 12), [2, 5]);
  const updateFormat = q(24, 20);
  groupObs({ weights, mask, curvature, updateFormat, tolerance: 1 }).expose('z');
});
