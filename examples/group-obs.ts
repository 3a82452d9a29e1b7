// The Group-OBS step of ZK-APEX over a few Fisher blocks: the updated weights are committed, with the old ones,
// and the public mask is zero exactly. The smallest complete example of an author's file.
import { bit, circuit, field, q } from 'lethe';
import { commit, groupObs, triangleLength } from 'lethe/stdlib';

export default circuit('group-obs', { blocks: 2, size: 4 }, (c, { blocks, size }) => {
  const weights = c.secret('weights', q(24, 20), [blocks, size]);
  const curvature = c.secret('curvature', q(24, 12), [blocks, triangleLength(size)]);
  const salts = c.secret('salts', field, [blocks, 3]);
  const mask = c.public('mask', bit, [blocks, size]);

  const unlearned = groupObs({
    weights,
    mask,
    curvature,
    updateFormat: q(24, 20),
    tolerance: 2 ** -9,
  });

  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  commit(weights, salt(0)).expose('before');
  commit(curvature, salt(1)).expose('registered');
  commit(unlearned, salt(2)).expose('after');
});
