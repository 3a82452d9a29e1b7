// The step of group-obs-by-inverse.ts by the masked weights alone: the others follow from the multipliers by a public rule, and are not
// opened. Commitments bind the masked weights, their columns of R, and the multipliers.
import { circuit, field, q } from 'lethe';
import { assertGroupObsByColumns, commit } from 'lethe/stdlib';

const sizes = { blocks: 1, size: 4, masked: 2 };

export default circuit('group-obs-by-columns', sizes, (c, { blocks, size, masked }) => {
  const weights = c.secret('weights', q(24, 20), [blocks, masked]); // θ_S
  const root = c.secret('root', q(12, 11), [blocks, masked, size]); // R_S, column by column
  const multipliers = c.secret('multipliers', q(40, 22), [blocks, masked]); // ν
  const salts = c.secret('salts', field, [blocks, 3]);

  // K_SS ν − θ_S lies in [−τ, τ) for K = φ I + RᵀR. θ_u is 0 on S, and θ − Rᵀ R_S ν elsewhere.
  const columns = Array.from({ length: masked }, (_, i) =>
    root.slice({ axis: 1, start: i, end: i + 1 }).reshape([blocks, size]),
  );
  assertGroupObsByColumns({ columns, weights, multipliers, floor: 2 ** -8, tolerance: 2 ** -20 });

  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  commit(weights, salt(0)).expose('masked');
  commit(root.reshape([blocks, masked * size]), salt(1)).expose('registered');
  commit(multipliers, salt(2)).expose('answer');
});
