// A quantized linear layer, y = W x + b, for a public input and secret weights: a package of its own that uses nothing of
// Lethe but what is published.
import { circuit, q } from 'lethe';

export default circuit('linear-layer', { inputs: 4, outputs: 3 }, (c, { inputs, outputs }) => {
  const weights = c.secret('weights', q(12, 10), [outputs, inputs]);
  const bias = c.secret('bias', q(12, 8), [outputs]);
  const x = c.public('x', q(12, 8), [inputs]);

  const y = weights.contract('oi,i->o', x).add(bias).rescale(q(24, 8));
  y.assertAccurate({ within: 0.1 });
  y.expose('y');
});
