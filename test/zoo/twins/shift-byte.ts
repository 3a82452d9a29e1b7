// A product with the low byte of a number. The byte is a value of its own, which nothing links to the number.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const low = defineHint('zoo-low-byte', ([x]) => x!.map((value) => value % 256));
const high = defineHint('zoo-high-byte', ([x]) => x!.map((value) => Math.floor(value / 256)));

export default twins({
  name: 'shift-byte',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: '16. PSE & Scroll zkEVM: Missing Constraint (SHL/SHR, shf0)',
    url: 'https://github.com/privacy-scaling-explorations/zkevm-circuits/issues/1124',
  },
  fault: 'the low byte of the shift is not tied to the shift',
  attack: 'shifts by 1 on the stack and by 2 in the circuit',
  repair: 'shift = 256 h + l with l a byte',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', u(8, 0), [], { exact: true });
    const shift = c.public('shift', u(10, 0), [], { exact: true });
    const byte = c.advice(low, [shift], u(8, 0));
    const rest = c.advice(high, [shift], u(2, 0));
    if (isBroken) assert`0 <= ${shift} - 256 * ${rest} <= 255`;
    else assert`256 * ${rest} + ${byte} == ${shift}`;
    x.mul(byte).expose('product');
  },
  spec: ({ x, shift }) => ({ product: [x![0]! * (shift![0]! % 256)] }),
});
