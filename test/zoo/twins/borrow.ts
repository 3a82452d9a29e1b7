// A difference in limbs with borrows: the loop over the limbs ends one too early.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const word = (limbs: Float64Array): number => limbs[0]! + 16 * limbs[1]!;
const difference = defineHint('zoo-limb-difference', ([a, b]) => {
  const d = word(a!) - word(b!);
  return Float64Array.of(((d % 16) + 16) % 16, Math.floor(d / 16));
});
const borrows = defineHint('zoo-borrow', ([a, b]) => Float64Array.of(Number(a![0]! < b![0]!)));

export default twins({
  name: 'borrow',
  source: {
    catalogue: 'Issues of noir-bignum',
    title: 'Borrow flags in several places are not constrained sufficiently (#124)',
    url: 'https://github.com/noir-lang/noir-bignum/issues/124',
  },
  fault: 'the equation of the last limb is missing: a loop that is off by one',
  attack: 'chooses the upper limb of the difference',
  repair: 'both limbs have their equation, and no borrow is left: a ≥ b',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const a = c.public('a', u(4, 0), [2], { exact: true });
    const b = c.public('b', u(4, 0), [2], { exact: true });
    const d = c.advice(difference, [a, b], u(4, 0), [2]);
    const borrow = c.advice(borrows, [a, b], bit, [1]);
    const at = (x: typeof a, k: number) => x.slice({ axis: 0, start: k, end: k + 1 });
    assert`${at(a, 0)}[i] - ${at(b, 0)}[i] + 16 * ${borrow}[i] == ${at(d, 0)}[i]`;
    if (!isBroken) assert`${at(a, 1)}[i] - ${at(b, 1)}[i] - ${borrow}[i] == ${at(d, 1)}[i]`;
    d.expose('difference');
  },
  inputs: [
    { a: [3, 9], b: [7, 2] },
    { a: [15, 4], b: [1, 4] },
  ],
  spec: ({ a, b }) => {
    const d = a![0]! + 16 * a![1]! - b![0]! - 16 * b![1]!;
    return d < 0 ? undefined : { difference: [d % 16, Math.floor(d / 16)] };
  },
});
