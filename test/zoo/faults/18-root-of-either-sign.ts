// A square root by its square alone: the prover takes the root of either sign.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, q, u } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const root = circuit('root', {}, (c) => {
  const x = c.public('x', u(16, 0), [2]);
  const r = c.advice('square-root', [x], q(9, 0), [2]);
  r.mul(r).sub(x).assertZero();
  r.expose('root');
});

export default {
  row: 18,
  fault: 'several solutions of a defining equation',
  attack: 'takes the negative root',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(root),
} satisfies Specimen;
