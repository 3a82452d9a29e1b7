// The step of group-obs.ts by a root R of the curvature's inverse, K = φ I + RᵀR: a multiplier ν for each masked weight says
// what all weights of its block do.
import { bit, circuit, field, q } from 'lethe';
import { commit, groupObsByInverse, triangleLength, upperTriangular } from 'lethe/stdlib';

const sizes = { blocks: 1, size: 4 };

export default circuit('group-obs-by-inverse', sizes, (c, { blocks, size }) => {
  const weights = c.secret('weights', q(24, 20), [blocks, size]);
  const triangle = c.secret('root', q(24, 22), [blocks, triangleLength(size)]); // of R, row by row
  const mask = c.public('mask', bit, [blocks, size]);
  const salts = c.secret('salts', field, [blocks, 3]);

  // K ν = −θ on the mask, and θ_u = θ + K ν. No eigenvalue of K is below φ, whatever R is, so ν is at most |θ| / φ.
  const { unlearned } = groupObsByInverse({
    weights,
    mask,
    root: upperTriangular(triangle, { size }),
    floor: 2 ** -1,
    multiplierFormat: q(27, 20),
    tolerance: 2 ** -14,
  });

  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  commit(weights, salt(0)).expose('before');
  commit(triangle, salt(1)).expose('registered');
  commit(unlearned, salt(2)).expose('after');
});
