import { circuit, q } from 'lethe';

export default circuit('accuracy-of-advice', {}, (c) => {
  c.advice('square-root', [c.secret('x', q(12, 4))], q(12, 4)).assertAccurate({ within: 1 });
});
