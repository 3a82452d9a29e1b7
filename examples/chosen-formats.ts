// Formats that the compiler chooses: the author says which real values there are and how accurate the result must be;
// `lethe formats examples/chosen-formats.ts --front` prints what that costs. The same step as in group-obs.ts.
import { bit, circuit, field, real } from 'lethe';
import { commit, groupObsByFactor } from 'lethe/stdlib';

const sizes = { blocks: 1, size: 4, rank: 2 };

export default circuit('chosen-formats', sizes, (c, { blocks, size, rank }) => {
  const weights = c.secret('weights', real(-4, 4), [blocks, size]);
  const factor = c.secret('factor', real(-2, 2), [blocks, rank, size]);
  const mask = c.public('mask', bit, [blocks, size]);
  const salts = c.secret('salts', field, [blocks, 3]);

  const unlearned = groupObsByFactor({ weights, factor, mask });
  unlearned.assertAccurate({ within: 1e-4 });

  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  commit(weights, salt(0)).expose('before');
  commit(factor.reshape([blocks, rank * size]), salt(1)).expose('registered');
  commit(unlearned, salt(2)).expose('after');
});
