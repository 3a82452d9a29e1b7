import { circuit, q } from 'lethe';

export default circuit('accuracy-that-is-not-met', {}, (c) => {
  c.secret('x', q(12, 4), [2]).assertAccurate({ within: 1e-3 });
});
