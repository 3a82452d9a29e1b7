import { circuit, real } from 'lethe';

export default circuit('accuracy-that-nothing-reaches', {}, (c) => {
  const x = c.secret('x', real(-1, 1), [2]);
  x.assertAccurate({ within: 1e-40 });
  x.expose('y');
});
