// The salt of a commitment stands beside it among the outputs.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, field, u } from '../../../dsl/index.ts';
import { commit } from '../../../stdlib/index.ts';
import type { Specimen } from '../specimen.ts';

const shown = circuit('shown', {}, (c) => {
  const salts = c.secret('salt', field, [1, 1]);
  commit(c.secret('x', u(4, 0), [1, 3]), { salts }).expose('commitment');
  salts.reshape([1]).expose('shown');
});

export default {
  row: 16,
  fault: 'salt exposed, used for two rows, or computed from public values',
  attack: 'anybody tries values with the salt until the digest fits',
  net: 'hiding',
  op: 'hash',
  build: () => compileCircuit(shown),
} satisfies Specimen;
