import { circuit, q } from 'lethe';

export default circuit('accuracy-of-nothing', {}, (c) => {
  c.secret('x', q(12, 4)).assertAccurate({ within: 0 });
});
