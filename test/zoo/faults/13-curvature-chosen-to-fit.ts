// Group OBS with a curvature that nothing commits to: the prover makes it when he knows mask and result.
import { compileCircuit } from '../../../compiler/compile.ts';
import { bit, circuit, field, q } from '../../../dsl/index.ts';
import { commit, groupObs, triangleLength } from '../../../stdlib/index.ts';
import type { Specimen } from '../specimen.ts';

const unbound = circuit('unbound', { size: 3 }, (c, { size }) => {
  const weights = c.secret('weights', q(24, 20), [1, size]);
  const curvature = c.secret('curvature', q(24, 12), [1, triangleLength(size)]);
  const salts = c.secret('salts', field, [1, 2]);
  const mask = c.public('mask', bit, [1, size]);
  const updateFormat = q(24, 20);
  const unlearned = groupObs({ weights, mask, curvature, updateFormat, tolerance: 2 ** -4 });
  const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
  commit(weights, salt(0)).expose('before');
  commit(unlearned, salt(1)).expose('after');
});

export default {
  row: 13,
  fault: 'advice chosen to fit the check: the check holds, the statement is empty',
  attack: 'makes a curvature for which any update is the step',
  net: 'assumptions',
  op: 'solve',
  build: () => compileCircuit(unbound),
} satisfies Specimen;
