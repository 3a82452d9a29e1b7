// A mask from the prover in a number of 4 bits, multiplied in: a weight may be kept up to 15 times.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, defineHint, q, u } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const keep = defineHint('zoo-keep', ([x]) => x!.map((value) => (Math.abs(value) > 1 ? 1 : 0)));

const pruned = circuit('pruned', {}, (c) => {
  const weights = c.secret('weights', q(12, 8), [4]);
  const mask = c.advice(keep, [weights], u(4, 0), [4]);
  mask.mul(weights).expose('pruned');
});

export default {
  row: 6,
  fault: 'bit not constrained to {0, 1}',
  attack: 'keeps a weight up to 15 times',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(pruned),
} satisfies Specimen;
