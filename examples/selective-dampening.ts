// Selective Synaptic Dampening: a weight that matters to the forget set, I_f > α I, is multiplied by min(λ I / I_f, 1).
// Where I_f is 0 no weight is selected, so the divisor may be the last place there.
import { circuit, field, q, u } from 'lethe';
import { commit } from 'lethe/stdlib';

const sizes = { blocks: 1, size: 8, alpha: 10, lambda: 1 };

export default circuit('selective-dampening', sizes, (c, { blocks, size, alpha, lambda }) => {
  const weights = c.secret('weights', q(20, 16), [blocks, size]);
  const forget = c.secret('forget', u(20, 16), [blocks, size], { exact: true }); // I_f
  const all = c.secret('all', u(20, 16), [blocks, size], { exact: true }); // I
  const salts = c.secret('salts', field, [blocks, 4]);

  const selected = all.scale(alpha, { fraction: 0 }).lessThan(forget);
  const quotient = all.scale(lambda, { fraction: 0 }).div(forget.max(2 ** -16), { fraction: 18 });
  const damped = selected.select(weights.mul(quotient.min(1)), weights).rescale(q(20, 16));
  damped.expose('damped');

  const salt = (i: number) => ({ salts: salts.slice({ axis: 1, start: i, end: i + 1 }) });
  commit(weights, salt(0)).expose('before');
  commit(forget, salt(1)).expose('forget-importance');
  commit(all, salt(2)).expose('importance');
  commit(damped, salt(3)).expose('after');
});
