// The two largest by a secret threshold. Elements that are equal to it may be on either side.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const largest = defineHint('zoo-two-largest', ([x]) => {
  const second = [...x!].sort((a, b) => b - a)[1]!;
  let left = 2 - x!.filter((value) => value > second).length;
  return x!.map((value) => Number(value > second || (value === second && left-- > 0)));
});

export default twins({
  name: 'top-k-threshold',
  source: {
    catalogue: 'SoK: What Don’t We Know? Understanding Security Vulnerabilities in SNARKs',
    title: 'Root cause: wrong translation of logic into constraints',
    url: 'https://arxiv.org/abs/2402.15293',
  },
  fault: 'two elements are equal to the threshold, and one of them is selected',
  attack: 'deletes the one of two equal weights that suits him',
  repair:
    'a selected element is at least the threshold, all others are below it: a comparison with an input',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.secret('x', u(8, 0), [4], { exact: true });
    const threshold = c.secret('threshold', u(8, 0), [], { exact: true });
    const mask = c.advice(largest, [x], bit, [4]);
    assert`0 <= ${mask}[i] * (${x}[i] - ${threshold})`;
    const least = isBroken ? 0 : 1;
    assert`0 <= (1 - ${mask}[i]) * (${threshold} - ${x}[i] - ${least})`;
    assert`sum[i] ${mask}[i] == 2`;
    mask.expose('mask');
  },
  inputs: [{ x: [12, 200, 7, 90], threshold: [50] }],
  spec: ({ x, threshold }) => {
    const mask = x!.map((value) => Number(value >= threshold![0]!));
    return mask.reduce((sum, m) => sum + m, 0) === 2 ? { mask } : undefined;
  },
});
