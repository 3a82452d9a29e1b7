// An element of a set: the product of its differences to all members is 0. The product starts with the element.
import { tensor, u, type Tensor } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const members = [3, 5, 8, 13];

export default twins({
  name: 'set-membership',
  source: {
    catalogue: 'Veridise audit of Webb (Tangle)',
    title: 'V-WBT-VUL-006: Incorrect Initialization in Membership Circuits',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/veridise-tangle-network-protocol-solidity.pdf',
  },
  fault: 'the product starts with the element itself',
  attack: 'is a member with the element 0',
  repair: 'the product has the differences alone',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const element = c.public('element', u(6, 0), [2], { exact: true });
    const differences = members.map((m) => tensor`d[i] = ${element}[i] - ${m}`);
    const factors: readonly Tensor[] = isBroken ? [element, ...differences] : differences;
    factors.reduce((product, factor) => product.mul(factor)).assertZero();
  },
  inputs: [{ element: [5, 13] }],
  spec: ({ element }) => (element!.every((e) => members.includes(e)) ? {} : undefined),
});
