// A circuit for every function of the standard library; Group OBS stands in the examples.
import { bit, circuit, field, q, u } from '../../dsl/index.ts';
import { clearMasked, commit, symmetric } from '../../stdlib/index.ts';

export const stdlibCircuits = [
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
