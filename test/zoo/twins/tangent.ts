// The slope of a tangent, λ (y + y) = 3 x²: where y is 0, every slope will do.
import { assert, defineHint, q, tensor } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const slope = defineHint('zoo-tangent', ([x, y]) =>
  x!.map((value, i) => (y![i] === 0 ? 0 : (3 * value ** 2) / (2 * y![i]!))),
);

export default twins({
  name: 'tangent',
  source: {
    catalogue: 'Veridise audit of circomlib',
    title: 'V-CIRCOMLIB-VUL-005: Underconstrained points in MontgomeryDouble',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/veridise-circomlib.pdf',
  },
  fault: 'a point is doubled without the case y = 0',
  attack: 'doubles (0, 0), and chooses the result',
  repair: 'y + y ≥ 2: the slope is unique',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.public('x', q(6, 0), [1], { exact: true });
    const y = c.public('y', q(6, 0), [1], { exact: true });
    const twice = tensor`t[i] = ${y}[i] + ${y}[i]`;
    if (!isBroken) assert`2 <= ${twice}[i]`;
    const lambda = c.advice(slope, [x, y], q(14, 0), [1]);
    assert`${lambda}[i] * ${twice}[i] == 3 * ${x}[i] * ${x}[i]`;
    tensor`d[i] = ${lambda}[i] * ${lambda}[i] - 2 * ${x}[i]`.expose('doubled');
  },
  inputs: [
    { x: [2], y: [3] },
    { x: [4], y: [2] },
  ],
  spec: ({ x, y }) => {
    const [rise, run] = [3 * x![0]! ** 2, 2 * y![0]!];
    return run >= 2 && rise % run === 0 ? { doubled: [(rise / run) ** 2 - 2 * x![0]!] } : undefined;
  },
});
