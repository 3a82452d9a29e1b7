/**
 * The circuit of the demo: the Group-OBS step on some Fisher blocks of the model. Public are the mask and three
 * commitments for each block: the personalized weights, the curvature, and the unlearned weights.
 */
import { bit, circuit, field, q, type CircuitBuilder } from 'lethe';
import { commit, groupObs, triangleLength } from 'lethe/stdlib';

const parameters = { blocks: 48, size: 8 };

/** Weights in [−8, 8) in steps of 1e-6; entries of C' = I + F/λ up to 2048. */
const formats = { weights: q(24, 20), curvature: q(24, 12) };

/** τ: every unmasked row of C'δ lies in [−τ, τ). */
export const tolerance = 2 ** -9;

function unlearningStep(c: CircuitBuilder, { blocks, size }: typeof parameters) {
  const weights = c.secret('weights', formats.weights, [blocks, size]);
  const curvature = c.secret('curvature', formats.curvature, [blocks, triangleLength(size)]);
  const mask = c.public('mask', bit, [blocks, size]);
  const updateFormat = formats.weights;
  const unlearned = groupObs({ weights, mask, curvature, updateFormat, tolerance });
  return { weights, curvature, unlearned };
}

export default circuit('unlearn-digits', parameters, (c, sizes) => {
  const salts = c.secret('salts', field, [sizes.blocks, 3]);
  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  const { weights, curvature, unlearned } = unlearningStep(c, sizes);
  commit(weights, salt(0)).expose('before');
  commit(curvature, salt(1)).expose('registered');
  commit(unlearned, salt(2)).expose('after');
});

/** The same step with its result in the open: how the client computes the weights that it will prove. */
export const unlearnedWeights = circuit('unlearned-weights', parameters, (c, sizes) => {
  unlearningStep(c, sizes).unlearned.expose('unlearned');
});
