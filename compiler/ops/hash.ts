// hash: Poseidon over the last axis. The length is static, so the sponge's zero padding is unambiguous within
// one circuit; whoever compares digests of different lengths puts the length into the input.
import { hash as poseidon } from '../numbers/poseidon.ts';
import { defineHashing } from './shared/hashing.ts';

export const hash = defineHashing({
  name: 'hash',
  digestOf: poseidon,
  lowerRow: (row, constraints) => constraints.hash(row),
});
