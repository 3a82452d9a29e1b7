// A circuit for every function of the standard library; Group OBS stands in the examples.
import { bit, circuit, field, q, u } from '../../dsl/index.ts';
import {
  clearMasked,
  commit,
  groupObsByFactor,
  groupObsByInverse,
  symmetric,
  triangleLength,
  upperTriangular,
} from '../../stdlib/index.ts';

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
  circuit('group-obs-factor', { blocks: 1, size: 3 }, (c, { blocks, size }) => {
    const triangle = c.secret('factor', q(8, 5), [blocks, triangleLength(size)]);
    groupObsByFactor({
      weights: c.secret('weights', q(16, 13), [blocks, size]),
      mask: c.public('mask', bit, [blocks, size]),
      factor: upperTriangular(triangle, { size }),
      tolerance: 2 ** -7,
    }).expose('unlearned');
  }),
  circuit('group-obs-inverse', { blocks: 1, size: 2 }, (c, { blocks, size }) => {
    const root = c.secret('root', q(8, 6), [blocks, triangleLength(size)]);
    groupObsByInverse({
      weights: c.secret('weights', q(12, 10), [blocks, size]),
      mask: c.public('mask', bit, [blocks, size]),
      root: upperTriangular(root, { size }),
      floor: 0.5,
      multiplierFormat: q(16, 11),
      tolerance: 2 ** -8,
    }).unlearned.expose('unlearned');
  }),
];
