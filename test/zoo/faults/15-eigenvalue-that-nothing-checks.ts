// A system whose matrix is public, and may be 0: then every x has a small residual.
import { compileCircuit } from '../../../compiler/compile.ts';
import { bit, circuit, q, solve } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const declared = circuit('declared', {}, (c) => {
  const matrix = c.public('matrix', q(12, 8), [2, 2]);
  const rhs = c.public('rhs', q(24, 16), [2]);
  const pinned = { mask: c.public('mask', bit, [2]), values: c.public('values', q(16, 8), [2]) };
  const system = { matrix, rhs, pinned, format: q(16, 8), tolerance: 0.125 };
  solve({ ...system, smallestEigenvalue: 1 }).expose('x');
});

export default {
  row: 15,
  fault: 'an eigenvalue bound that the author declares and nothing checks',
  attack: 'gives the matrix 0, for which every x is a solution',
  net: 'assumptions',
  op: 'solve',
  build: () => compileCircuit(declared),
} satisfies Specimen;
