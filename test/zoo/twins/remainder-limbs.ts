// A remainder in limbs of four bits: it is compared with the modulus as a whole, and its limbs are not checked one by one.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const quotient = defineHint('zoo-by-201', ([a]) => a!.map((value) => Math.floor(value / 201)));
const low = defineHint('zoo-low-limb', ([a]) => a!.map((value) => (value % 201) % 16));
const high = defineHint('zoo-high-limb', ([a]) =>
  a!.map((value) => Math.floor((value % 201) / 16)),
);

export default twins({
  name: 'remainder-limbs',
  source: {
    catalogue: 'Veridise audit of circom-bigint; 0xPARC ZK bug tracker',
    title: 'V-BIGINT-COD-001: Missing range checks in BigMod',
    url: 'https://github.com/0xPARC/circom-ecdsa/pull/10',
  },
  fault: 'the limbs of a remainder are not range-checked',
  attack: 'moves 16 from one limb to the other: another form of the same number',
  repair: 'each limb has four bits, so that a number has one form',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const a = c.public('a', u(12, 0), [1], { exact: true });
    const q = c.advice(quotient, [a], u(5, 0), [1]);
    const lower = c.advice(low, [a], u(isBroken ? 6 : 4, 0), [1]);
    const upper = c.advice(high, [a], u(4, 0), [1]);
    assert`0 <= 16 * ${upper}[i] + ${lower}[i] <= 200`;
    assert`201 * ${q}[i] + 16 * ${upper}[i] + ${lower}[i] == ${a}[i]`;
    lower.expose('low');
    upper.expose('high');
  },
  spec: ({ a }) => {
    const r = a![0]! % 201;
    return { low: [r % 16], high: [Math.floor(r / 16)] };
  },
});
