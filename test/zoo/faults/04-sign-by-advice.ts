// |x| as x = (1 − 2 s) m with sign and magnitude from the prover: for x = 0 both signs pass.
import { compileCircuit } from '../../../compiler/compile.ts';
import { bit, circuit, defineHint, q, u } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const sign = defineHint('zoo-sign', ([x]) => x!.map((value) => (value < 0 ? 1 : 0)));
const size = defineHint('zoo-size', ([x]) => x!.map(Math.abs));

const signed = circuit('sign-and-magnitude', {}, (c) => {
  const x = c.secret('x', q(12, 0), [2]);
  const negative = c.advice(sign, [x], bit, [2]);
  const magnitude = c.advice(size, [x], u(12, 0), [2]);
  negative.select(magnitude.neg(), magnitude).sub(x).assertZero();
  negative.expose('negative');
});

export default {
  row: 4,
  fault: 'sign decided by advice, zero with two signs',
  attack: 'says that 0 is negative',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(signed),
} satisfies Specimen;
