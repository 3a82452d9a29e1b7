// In each block a mask of the k weights with the largest secret scores h θ² / 2 − g θ; of equal scores the first counts.
// Nobody chooses a threshold: the mask follows from weights θ, gradient g and curvature h, which commitments bind.
import { circuit, field, q, tensor, u } from 'lethe';
import { commit } from 'lethe/stdlib';

export default circuit('top-k-mask', { blocks: 1, size: 8, k: 3 }, (c, { blocks, size, k }) => {
  const theta = c.secret('weights', q(20, 16), [blocks, size]);
  const g = c.secret('gradient', q(16, 12), [blocks, size]);
  const h = c.secret('curvature', u(16, 12), [blocks, size]);
  const salts = c.secret('salts', field, [blocks, 3]);

  const change = tensor`t[b,i] = 0.5 * ${h}[b,i] * ${theta}[b,i] - ${g}[b,i]`;
  change.mul(theta).topK(k).expose('mask');

  const salt = (i: number) => ({ salts: salts.slice({ axis: 1, start: i, end: i + 1 }) });
  commit(theta, salt(0)).expose('committed-weights');
  commit(g, salt(1)).expose('committed-gradient');
  commit(h, salt(2)).expose('committed-curvature');
});
