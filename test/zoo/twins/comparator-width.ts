// A comparator of eight bits reads bit 8 of x − limit + 256. It is used on numbers that have more than eight bits.
import { assert, bit, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const limit = 100;
const shifted = (x: number): number => x - limit + 256;
const turns = defineHint('zoo-turns', ([x]) => x!.map((v) => Math.floor(shifted(v) / 512)));
const top = defineHint('zoo-top', ([x]) => x!.map((v) => Math.floor(shifted(v) / 256) & 1));
const below = defineHint('zoo-below', ([x]) => x!.map((v) => ((shifted(v) % 256) + 256) % 256));

export default twins({
  name: 'comparator-width',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: '1. Dark Forest v0.3: Missing Bit Length Check',
    url: 'https://github.com/0xPARC/zk-bug-tracker#1-dark-forest-v03-missing-bit-length-check',
  },
  fault: 'a comparator is used on numbers that are wider than it',
  attack: 'takes a number far beyond the map, whose bit 8 says that it is inside',
  repair: 'x is asserted to have eight bits',
  // Bit 8 of every number is unique: the circuit is deterministic.
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const x = c.secret('x', q(12, 0), [2], { exact: true });
    if (!isBroken) assert`0 <= ${x}[i] <= 255`;
    const turn = c.advice(turns, [x], q(5, 0), [2]);
    const isAtLeast = c.advice(top, [x], bit, [2]);
    const rest = c.advice(below, [x], u(8, 0), [2]);
    assert`${x}[i] - ${limit} + 256 == 512 * ${turn}[i] + 256 * ${isAtLeast}[i] + ${rest}[i]`;
    isAtLeast.not().expose('inside');
  },
  inputs: [{ x: [30, 200] }],
  spec: ({ x }) =>
    x!.every((v) => v >= 0 && v < 256) ? { inside: x!.map((v) => Number(v < limit)) } : undefined,
});
