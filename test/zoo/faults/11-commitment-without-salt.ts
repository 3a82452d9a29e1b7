// Weights of 12 bits hashed as they are: a dictionary opens the commitment.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, q } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const committed = circuit('committed', {}, (c) => {
  c.secret('weights', q(12, 10), [2, 4]).pack().hash().expose('commitment');
});

export default {
  row: 11,
  fault: 'commitment to a low-entropy vector without salt',
  attack: 'anybody tries weights until the digest fits',
  net: 'hiding',
  op: 'hash',
  build: () => compileCircuit(committed),
} satisfies Specimen;
