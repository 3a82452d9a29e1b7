// A division by 10 written out: the remainder is checked to be at most 10, which is one too many.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, defineHint, u } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const tenth = defineHint('zoo-tenth', ([x]) => x!.map((value) => Math.floor(value / 10)));

const division = circuit('division', {}, (c) => {
  const x = c.secret('x', u(12, 0), [2]);
  const quotient = c.advice(tenth, [x], u(9, 0), [2]);
  const remainder = x.sub(quotient.scale(10, { fraction: 0 }));
  remainder.assertWithin({ low: 0, high: 10 });
  quotient.expose('tenth');
});

export default {
  row: 3,
  fault: 'range check off by one',
  attack: 'divides 20 by 10 to 1, with 10 left',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(division),
} satisfies Specimen;
