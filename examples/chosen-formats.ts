// Formats that the compiler chooses: the author says which real values there are and how accurate the result must be;
// `lethe formats examples/chosen-formats.ts --front` prints what that costs. The same step as in group-obs.ts.
import { bit, circuit, real } from 'lethe';
import { groupObs, triangleLength } from 'lethe/stdlib';

export default circuit('chosen-formats', { blocks: 1, size: 4 }, (c, { blocks, size }) => {
  const weights = c.secret('weights', real(-4, 4), [blocks, size]);
  const curvature = c.secret('curvature', real(-32, 32), [blocks, triangleLength(size)]);
  const mask = c.public('mask', bit, [blocks, size]);
  const updateFormat = real(-4, 4, 'update');

  const unlearned = groupObs({ weights, mask, curvature, updateFormat });
  unlearned.assertAccurate({ within: 1e-4 });
  unlearned.expose('unlearned');
});
