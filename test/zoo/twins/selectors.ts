// A value that is a under one selector and b under the other: the equation of the other is missing.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const chosen = defineHint('zoo-chosen', ([flag, a, b]) =>
  flag!.map((value, i) => (value === 1 ? a![i]! : b![i]!)),
);

export default twins({
  name: 'selectors',
  source: {
    catalogue: 'Inference audit of Lurk',
    title: 'S-LRK-05: Under-constrained outputs in reduce_sym',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/inference-lurk.pdf',
  },
  fault: 'an output that is constrained in one of two cases',
  attack: 'takes the other case, and any output',
  repair: 'both cases have their equation',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const flag = c.public('flag', bit, [3]);
    const a = c.public('a', u(8, 0), [3], { exact: true });
    const b = c.public('b', u(8, 0), [3], { exact: true });
    const out = c.advice(chosen, [flag, a, b], u(8, 0), [3]);
    assert`${flag}[i] * (${out}[i] - ${a}[i]) == 0`;
    if (!isBroken) assert`(1 - ${flag}[i]) * (${out}[i] - ${b}[i]) == 0`;
    else assert`0 <= ${out}[i] + ${b}[i]`;
    out.expose('out');
  },
  spec: ({ flag, a, b }) => ({ out: flag!.map((v, i) => (v === 1 ? a![i]! : b![i]!)) }),
});
