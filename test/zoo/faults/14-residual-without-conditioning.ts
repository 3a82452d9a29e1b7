// A linear system whose solution is accepted by its residual alone; nothing says how far from the solution that is.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, defineHint, q } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const half = defineHint('zoo-half', ([b]) => b!.map((value) => value / 2));

const system = circuit('system', {}, (c) => {
  const matrix = c.public('matrix', q(12, 8), [2, 2]);
  const b = c.public('b', q(16, 8), [2]);
  const x = c.advice(half, [b], q(16, 8), [2]);
  matrix
    .contract('ij,j->i', x)
    .sub(b.align({ fraction: 16 }))
    .assertWithin({ low: -0.01, high: 0.01 });
  x.expose('x');
});

export default {
  row: 14,
  fault: 'tolerance without a conditioning bound',
  attack: 'for a matrix near 0 takes any x',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(system),
} satisfies Specimen;
