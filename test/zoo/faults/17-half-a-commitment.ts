// A commitment to some elements of the tensor that the statement is about.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, field, q } from '../../../dsl/index.ts';
import { commit } from '../../../stdlib/index.ts';
import type { Specimen } from '../specimen.ts';

const half = circuit('half', {}, (c) => {
  const x = c.secret('x', q(24, 20), [1, 4]);
  const salts = c.secret('salts', field, [1, 1]);
  commit(x.slice({ axis: 1, start: 0, end: 2 }), { salts }).expose('commitment');
  x.sum({ axis: 1 }).assertWithin({ low: 0, high: 1 });
});

export default {
  row: 17,
  fault: 'only some elements of a tensor are committed, a relation rests on all',
  attack: 'changes the elements that are not committed',
  net: 'binding',
  op: '"x"',
  build: () => compileCircuit(half),
} satisfies Specimen;
