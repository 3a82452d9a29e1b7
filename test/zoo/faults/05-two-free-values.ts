// Quotient and divisor from the prover: each is constrained, but only by the other.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, u } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const factors = circuit('factors', {}, (c) => {
  const x = c.public('x', u(12, 0));
  const a = c.advice('square-root', [x], u(12, 0));
  const b = c.advice('square-root', [x], u(12, 0));
  a.mul(b).sub(x).assertZero();
  a.expose('factor');
});

export default {
  row: 5,
  fault: 'advice that is constrained only with another free value',
  attack: 'names any factor',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(factors),
} satisfies Specimen;
