// The slope through two points, λ (x₂ − x₁) = y₂ − y₁: for one point taken twice every slope will do.
import { assert, defineHint, q, tensor } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const slope = defineHint('zoo-slope', ([x, y]) =>
  Float64Array.of(x![1] === x![0] ? 0 : (y![1]! - y![0]!) / (x![1]! - x![0]!)),
);

export default twins({
  name: 'slope',
  source: {
    catalogue: 'Veridise audit of circomlib',
    title: 'V-CIRCOMLIB-VUL-004: Underconstrained points in MontgomeryAdd',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/veridise-circomlib.pdf',
  },
  fault: 'an addition of points without the case of equal points',
  attack: 'adds a point to itself, and chooses the sum',
  repair: 'x₂ − x₁ ≥ 1: the slope is unique',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.public('x', q(8, 0), [2], { exact: true });
    const y = c.public('y', q(8, 0), [2], { exact: true });
    const at = (v: typeof x, k: number) => v.slice({ axis: 0, start: k, end: k + 1 });
    const run = at(x, 1).sub(at(x, 0));
    if (!isBroken) assert`1 <= ${run}[i]`;
    const lambda = c.advice(slope, [x, y], q(10, 0), [1]);
    assert`${lambda}[i] * ${run}[i] == ${at(y, 1)}[i] - ${at(y, 0)}[i]`;
    tensor`s[i] = ${lambda}[i] * ${lambda}[i] - ${at(x, 0)}[i] - ${at(x, 1)}[i]`.expose('sum');
  },
  inputs: [
    { x: [1, 3], y: [2, 8] },
    { x: [-4, 1], y: [20, -10] },
  ],
  spec: ({ x, y }) => {
    const [run, rise] = [x![1]! - x![0]!, y![1]! - y![0]!];
    if (run < 1 || rise % run !== 0) return undefined;
    return { sum: [(rise / run) ** 2 - x![0]! - x![1]!] };
  },
});
