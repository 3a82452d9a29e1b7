// Goldens of the IR: what every example and stdlib circuit looks like as text.
import { expect, test } from 'vitest';
import { buildCircuit } from '../../../compiler/choices/build.ts';
import { print } from '../../../compiler/ir/print.ts';
import { runPasses } from '../../../compiler/passes/pipeline.ts';
import { bit, circuit, field, q, u } from '../../../dsl/index.ts';
import { clearMasked, commit, symmetric } from '../../../stdlib/index.ts';
import { examples } from '../../examples/circuits.ts';

const golden = (name: string): string => `../../golden/${name}.lethe`;

test.each(examples)('$name', async ({ name, circuit: example }) => {
  await expect(print(runPasses(buildCircuit(example)))).toMatchFileSnapshot(golden(name));
});

const stdlib = [
  circuit('clear-masked', {}, (c) => {
    clearMasked(c.secret('w', q(24, 20), [2, 3]), c.public('mask', bit, [3])).expose('cleared');
  }),
  circuit('symmetric', { size: 3 }, (c, { size }) => {
    const matrix = symmetric(c.secret('triangle', q(12, 4), [2, 6]), { size });
    matrix.contract('bij,bj->bi', c.secret('x', q(12, 4), [2, size])).expose('y');
  }),
  circuit('commit', {}, (c) => {
    const salts = c.secret('salts', field, [2, 1]);
    commit(c.secret('x', u(12, 0), [2, 25]), { salts }).expose('digests');
  }),
];

test.each(stdlib)('$name', async (each) => {
  await expect(print(runPasses(each.build()))).toMatchFileSnapshot(golden(each.name));
});
