// A linear layer from which weights were deleted: y = (W with zeros on the mask) x, for secret weights.
import { bit, circuit, q, tensor } from 'lethe';

export default circuit('starter', { inputs: 4, outputs: 3 }, (c, { inputs, outputs }) => {
  const weights = c.secret('weights', q(12, 10), [outputs, inputs]); // 12 bits, 10 of them fractional: [−2, 2)
  const mask = c.public('mask', bit, [outputs, inputs]); // 1 marks a weight that is deleted
  const x = c.public('x', q(12, 8), [inputs]);

  const kept = tensor`k[o,i] = where(${mask}[o,i], 0, ${weights}[o,i])`;
  const y = tensor`y[o] = sum[i] ${kept}[o,i] * ${x}[i]`.rescale(q(16, 8));
  y.assertAccurate({ within: 0.05 });
  y.expose('y');
});
