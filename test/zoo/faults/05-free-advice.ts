// A square root that nothing squares again.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, u } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const root = circuit('root', {}, (c) => {
  const x = c.secret('x', u(12, 0), [2]);
  c.advice('square-root', [x], u(12, 0), [2]).expose('root');
  x.expose('square');
});

export default {
  row: 5,
  fault: 'advice that reaches no constraint but its range check',
  attack: 'names any root',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(root),
} satisfies Specimen;
