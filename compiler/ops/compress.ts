// compress: a digest of the last axis by Poseidon's permutation as a compression function. P on a state of three elements,
// with its first input added to its first output: h = P(a, b, c)_0 + a; further pairs are chained, h' = P(h, d, e)_0 + h.
// Three elements for the first permutation and two for each other one, where the sponge absorbs two and keeps a third of the
// state. Collision resistant for an ideal permutation: the feed-forward makes it one-way (Davies and Meyer's mode; for
// arithmetic hashes: Poseidon2, eprint 2023/323, section 3.2, and Jive, eprint 2022/840). The length is static: inputs of
// other lengths are other functions.
import { add, constant, type Expression } from '../constraints/expression.ts';
import { chained, compress as poseidon } from '../numbers/poseidon.ts';
import { defineHashing } from './shared/hashing.ts';

export const compress = defineHashing({
  name: 'compress',
  digestOf: poseidon,
  // Inputs and digests are single variables: each stands in a permutation and in the sum after it.
  lowerRow(row, constraints) {
    const seal = (e: Expression): Expression => constraints.seal(e);
    const sums = { add: (a: Expression, b: Expression) => seal(add(a, b)), zero: constant(0n) };
    return chained(row.map(seal), sums, (state) => constraints.permute(state));
  },
});
