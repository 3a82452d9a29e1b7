// A public threshold that nothing is compared with: the statement says nothing about it.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, q } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const threshold = circuit('threshold', {}, (c) => {
  c.public('threshold', q(12, 8));
  c.secret('x', q(12, 8), [2]).expose('y');
});

export default {
  row: 7,
  fault: 'public input that nothing uses',
  attack: 'proves for one threshold, and presents the proof with another',
  net: 'building',
  op: 'threshold',
  build: () => compileCircuit(threshold),
} satisfies Specimen;
