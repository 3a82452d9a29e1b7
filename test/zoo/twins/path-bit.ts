// One level of a Merkle path: a bit says which of two values is on the left. It is not asserted to be a bit.
import { assert, tensor, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'path-bit',
  source: {
    catalogue: 'zkSecurity audit of Self',
    title:
      'Missing boolean constraints in the Merkle tree path leads to a fake Merkle proof for an arbitrary leaf',
    url: 'https://github.com/zksecurity/zkbugs/tree/main/dataset/circom/selfxyz/self/zksecurity_missing_boolean_constraints_in_the_merkle_tree_path_leads_to_an_attacker_being_able_to_craft_a_fake_merkle_proof_for_an_arbitrary_leaf',
  },
  fault: 'a path bit may be any number',
  attack: 'mixes leaf and sibling until the path leads to the root',
  repair: 's s = s',
  // s is an input: both nodes are functions of the inputs.
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const leaf = c.secret('leaf', u(8, 0), [], { exact: true });
    const sibling = c.secret('sibling', u(8, 0), [], { exact: true });
    const s = c.secret('s', u(3, 0), [], { exact: true });
    if (!isBroken) assert`${s} * ${s} == ${s}`;
    tensor`l = ${leaf} + ${s} * (${sibling} - ${leaf})`.expose('left');
    tensor`r = ${sibling} + ${s} * (${leaf} - ${sibling})`.expose('right');
  },
  inputs: [{ leaf: [20], sibling: [90], s: [1] }],
  spec: ({ leaf, sibling, s }) => {
    if (s![0] === 0) return { left: leaf!, right: sibling! };
    return s![0] === 1 ? { left: sibling!, right: leaf! } : undefined;
  },
});
