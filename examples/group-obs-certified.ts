// The step of group-obs.ts with the curvature C' itself. Not every matrix is a curvature: a root R of C' − I certifies this one.
import { bit, circuit, field, q } from 'lethe';
import { assertDefinite, commit, groupObs, triangleLength } from 'lethe/stdlib';

const sizes = { blocks: 1, size: 4 };

export default circuit('group-obs-certified', sizes, (c, { blocks, size }) => {
  const triangle = [blocks, triangleLength(size)];
  const weights = c.secret('weights', q(24, 20), [blocks, size]);
  const curvature = c.secret('curvature', q(24, 18), triangle); // the upper triangle of C', row by row
  const root = c.secret('root', q(24, 20), triangle); // of R, which Cholesky's algorithm gives
  const mask = c.public('mask', bit, [blocks, size]);
  const salts = c.secret('salts', field, [blocks, 3]);

  // C' is I + RᵀR up to e in each entry, so none of its eigenvalues is below 1 − 4 e.
  const certified = { triangle: curvature, root, size, floor: 1, slack: 2 ** -12 };
  const smallestEigenvalue = assertDefinite(certified);
  const own = { weights, curvature, mask, smallestEigenvalue };
  const unlearned = groupObs({ ...own, updateFormat: q(24, 20), tolerance: 2 ** -14 });

  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  commit(weights, salt(0)).expose('before');
  commit(curvature, salt(1)).expose('registered');
  commit(unlearned, salt(2)).expose('after');
});
