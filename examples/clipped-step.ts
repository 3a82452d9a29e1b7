// One step of gradient descent whose gradient is clipped to [-1, 1], element by element: θ' = θ − lr · clip(g).
// The clipped value is forced by the gradient. A gradient just at a bound does no harm: clipping carries no error further.
import { circuit, q } from 'lethe';

export default circuit('clipped-step', { size: 8 }, (c, { size }) => {
  const weights = c.secret('weights', q(20, 16), [size]);
  const gradient = c.secret('gradient', q(24, 16), [size]);

  const step = gradient
    .clip({ low: -1, high: 1 })
    .scale(0.01, { fraction: 12, rounding: 'counted' });
  weights.sub(step).rescale(q(20, 16)).expose('next');
});
