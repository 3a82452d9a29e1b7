// A number in two halves whose sum is past the modulus: x and x + p have the same halves modulo p.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const low = defineHint('zoo-low-half', ([x]) => x!.map((value) => value % 2 ** 128));
const high = defineHint('zoo-high-half', ([x]) => x!.map((value) => Math.floor(value / 2 ** 128)));

export default twins({
  name: 'halves',
  source: {
    catalogue: 'Trail of Bits audit of iden3 circuits',
    title: 'TOB-IDEN3-1: Unsafe use of Num2Bits in multiple circuits',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/trailofbits-iden3-circuits.pdf',
  },
  fault: 'a decomposition that holds numbers past the modulus',
  attack: 'gives the halves of x + p for those of x',
  repair: 'the halves hold 248 bits, far below the modulus',
  shows: 'circuit',
  nets: ['building'],
  circuit(c, isBroken) {
    const x = c.public('x', u(248, 0), [], { exact: true });
    const lower = c.advice(low, [x], u(128, 0));
    const upper = c.advice(high, [x], u(isBroken ? 128 : 120, 0));
    const shifted = upper.scale(2 ** 128, { fraction: 0 });
    assert`${shifted} + ${lower} == ${x}`;
    upper.expose('high');
  },
  inputs: [{ x: [3 * 2 ** 130 + 2 ** 100] }, { x: [2 ** 90] }],
  spec: (_, { integers }) => ({ high: [integers['x']![0]! >> 128n] }),
});
