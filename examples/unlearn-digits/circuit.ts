/**
 * The Group-OBS step on some Fisher blocks of the demo's model, as an author writes it, in formats that the compiler chooses.
 * Public are the mask and three commitments for each block: the personalized weights, the curvature, and the unlearned
 * weights. The demo proves the circuit of `lethe apex` (stdlib/apex/circuit/tile.ts).
 */
import { bit, circuit, field, real, type CircuitBuilder } from 'lethe';
import { commit, groupObs, triangleLength } from 'lethe/stdlib';

const parameters = { blocks: 48, size: 8 };

/** What the model holds: weights and updates in [−4, 4), entries of C' = I + F/λ in [−64, 64). */
const ranges = { weights: [-4, 4], curvature: [-64, 64] } as const;

/** C' has no eigenvalue below 1; its entries are rounded. */
const smallestEigenvalue = 0.999;

/** The unlearned weights are proved to be this near to the exact ones. */
export const accuracy = 2e-3;

/** What `lethe formats` chooses for that, with `--set blocks=1`: bits, the tolerance's of its range check. */
const pinned = { weights: 24, curvature: 24, update: 24, tolerance: 28 };

function unlearningStep(c: CircuitBuilder, { blocks, size }: typeof parameters) {
  const weights = c.secret('weights', real(...ranges.weights), [blocks, size]);
  const triangle = [blocks, triangleLength(size)];
  const curvature = c.secret('curvature', real(...ranges.curvature), triangle);
  const mask = c.public('mask', bit, [blocks, size]);
  const updateFormat = real(...ranges.weights, 'update');
  const unlearned = groupObs({ weights, mask, curvature, updateFormat, smallestEigenvalue });
  unlearned.assertAccurate({ within: accuracy });
  c.assume('solve.eigenvalues', {
    because: 'the client registers I + F/λ, with F positive semidefinite, before it knows the mask',
  });
  return { weights, curvature, unlearned };
}

const provedStep = (c: CircuitBuilder, sizes: typeof parameters) => {
  const salts = c.secret('salts', field, [sizes.blocks, 3]);
  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  const { weights, curvature, unlearned } = unlearningStep(c, sizes);
  commit(weights, salt(0)).expose('before');
  commit(curvature, salt(1)).expose('registered');
  commit(unlearned, salt(2)).expose('after');
};

export default circuit('unlearn-digits', parameters, provedStep, { pinned });

/** The same step with its result in the open: how the client computes the weights that it will prove. */
export const unlearnedWeights = circuit(
  'unlearned-weights',
  parameters,
  (c, sizes) => {
    unlearningStep(c, sizes).unlearned.expose('unlearned');
    for (const operand of ['weights', 'curvature'])
      c.assume(`${operand}.unbound`, {
        because: 'nobody is asked to believe it: it is not proved',
      });
  },
  { pinned },
);
