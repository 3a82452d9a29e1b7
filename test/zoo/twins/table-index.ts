// Squares and cubes stand in one table, one behind the other. The index is not kept to the squares.
import { assert, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'table-index',
  source: {
    catalogue: 'zkSecurity audit of Self',
    title: '#03: The registration and disclosure circuits lack range checks for the input indices',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/zksecurity-celo-self-audit-2.pdf',
  },
  fault: 'an index reaches into the table behind',
  attack: 'looks up a cube and calls it a square',
  repair: 'the index is asserted to be below 4',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const table = c.constant([0, 1, 4, 9, 0, 1, 8, 27], u(5, 0), [8]);
    const index = c.secret('at', u(3, 0), [], { exact: true });
    if (!isBroken) assert`0 <= ${index} <= 3`;
    table.gather({ axis: 0, index }).expose('square');
    index.expose('index');
  },
  spec: ({ at }) => (at![0]! < 4 ? { square: [at![0]! ** 2], index: at! } : undefined),
});
