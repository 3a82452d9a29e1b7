// Proof of solvency: "liabilities < assets" has to hold, and is compared with a value that the prover assigns.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const one = defineHint('zoo-one', () => Float64Array.of(1));

export default twins({
  name: 'solvency',
  source: {
    catalogue: 'Issues of Summa; 0xPARC ZK bug tracker',
    title: '19. Summa: Unconstrained Constants Assignment (#32)',
    url: 'https://github.com/summa-dev/summa-solvency/issues/32',
  },
  fault: 'a comparison is equal to a cell that should hold the constant 1, and is advice',
  attack: 'assigns 0 to the cell, and proves solvency without assets',
  repair: 'the comparison is equal to the constant 1',
  // Every value is forced: the cell is what the comparison says. Only the hint says that it has to be 1, and a hint that
  // does not fit the constraints can as well be a mistake in the hint.
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const liabilities = c.secret('liabilities', u(8, 0), [2], { exact: true });
    const assets = c.public('assets', u(10, 0), [], { exact: true });
    const solvent = liabilities.sum({ axis: 0 }).lessThan(assets);
    const check = c.advice(one, [assets], bit);
    assert`${solvent} == ${check}`;
    if (!isBroken) assert`${check} == 1`;
  },
  inputs: [{ liabilities: [20, 35], assets: [700] }],
  spec: ({ liabilities, assets }) =>
    liabilities![0]! + liabilities![1]! < assets![0]! ? {} : undefined,
});
