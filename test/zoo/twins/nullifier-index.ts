// The nullifier takes the whole index of a note, the tree its two lower bits. The bits above may be anything.
import { assert, bit, defineHint, tensor, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const low = defineHint('zoo-index-bits', ([i]) => Float64Array.of(i![0]! % 2, (i![0]! >> 1) % 2));
const rest = defineHint('zoo-index-rest', ([i]) => Float64Array.of(i![0]! >> 2));

export default twins({
  name: 'nullifier-index',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: '5. Aztec 2.0: Missing Bit Length Check / Nondeterministic Nullifier',
    url: 'https://github.com/0xPARC/zk-bug-tracker#5-aztec-20-missing-bit-length-check--nondeterministic-nullifier',
  },
  fault: 'an index has more bits than the tree is deep',
  attack: 'adds 4 to the index: the same note has another nullifier, and is spent again',
  repair: 'the index is the sum of its two bits',
  // The nullifier is a function of the inputs. The circuit does not say that two indices mean one note.
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const notes = c.public('notes', u(8, 0), [4], { exact: true });
    const index = c.secret('index', u(10, 0), [], { exact: true });
    const bits = c.advice(low, [index], bit, [2]);
    const weights = c.constant([1, 2], u(2, 0), [2]);
    const place = tensor`p = sum[i] ${weights}[i] * ${bits}[i]`;
    if (isBroken) {
      const above = c.advice(rest, [index], u(8, 0), [1]).reshape([]);
      assert`${place} + 4 * ${above} == ${index}`;
    } else assert`${place} == ${index}`;
    const note = notes.gather({ axis: 0, index: place });
    tensor`n = 3 * ${index} + 5000 * ${note}`.expose('nullifier');
  },
  inputs: [{ notes: [7, 11, 13, 17], index: [2] }],
  spec: ({ notes, index }) =>
    index![0]! < 4 ? { nullifier: [3 * index![0]! + 5000 * notes![index![0]!]!] } : undefined,
});
