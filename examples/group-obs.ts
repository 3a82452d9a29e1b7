// The Group-OBS step of ZK-APEX: masked weights become exactly 0, and the other weights of their block compensate.
// The mask is public. Commitments bind the weights before, their curvature, and the weights after.
import { bit, circuit, field, q } from 'lethe';
import { commit, groupObsByFactor } from 'lethe/stdlib';

const sizes = { blocks: 2, size: 4, rank: 2 };

export default circuit('group-obs', sizes, (c, { blocks, size, rank }) => {
  const weights = c.secret('weights', q(24, 20), [blocks, size]); // θ: 24 bits, 20 of them fractional
  const factor = c.secret('factor', q(24, 22), [blocks, rank, size]); // G: scaled gradients
  const mask = c.public('mask', bit, [blocks, size]); // 1 marks a weight to delete
  const salts = c.secret('salts', field, [blocks, 3]);

  // θ_u is 0 on the mask. Off it, C'(θ_u − θ) lies in [−τ, τ). C' = I + GᵀG has no eigenvalue below 1, whatever G is.
  const unlearned = groupObsByFactor({ weights, factor, mask, tolerance: 2 ** -14 });

  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  commit(weights, salt(0)).expose('before');
  commit(factor.reshape([blocks, rank * size]), salt(1)).expose('registered');
  commit(unlearned, salt(2)).expose('after');
});
