// A circuit for every function of the standard library.
import { bit, circuit, field, q, u } from '../../dsl/index.ts';
import {
  clearMasked,
  commit,
  groupObs,
  groupObsByFactor,
  groupObsByInverse,
  layerNorm,
  logSumExp,
  rmsNorm,
  softmax,
  symmetric,
  triangleLength,
  upperTriangular,
} from '../../stdlib/index.ts';

/** Group OBS with the curvature itself, and no commitments, which some targets refuse. */
export const groupObsKkt = circuit(
  'group-obs-kkt',
  { blocks: 1, size: 4 },
  (c, { blocks, size }) => {
    groupObs({
      weights: c.secret('weights', q(24, 20), [blocks, size]),
      curvature: c.secret('curvature', q(24, 18), [blocks, triangleLength(size)]),
      mask: c.public('mask', bit, [blocks, size]),
      updateFormat: q(24, 20),
      tolerance: 2 ** -12,
    }).expose('unlearned');
  },
);

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
  groupObsKkt,
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
  circuit('softmax', { size: 3 }, (c, { size }) => {
    softmax(c.secret('x', q(10, 7), [2, size]), { format: u(9, 8) }).expose('p');
  }),
  circuit('log-sum-exp', { size: 3 }, (c, { size }) => {
    logSumExp(c.secret('x', q(10, 7), [2, size]), { format: q(12, 8) }).expose('y');
  }),
  circuit('rms-norm-of-three', { size: 3 }, (c, { size }) => {
    const x = c.secret('x', q(8, 5), [2, size]);
    rmsNorm(x, { epsilon: 2 ** -4, format: q(12, 8) }).expose('y');
  }),
  circuit('layer-norm', { size: 4 }, (c, { size }) => {
    const [gain, bias] = [c.public('gain', q(6, 4), [size]), c.public('bias', q(6, 4), [size])];
    const x = c.secret('x', q(8, 5), [2, size]);
    layerNorm(x, { gain, bias, epsilon: 2 ** -4, format: q(14, 8) }).expose('y');
  }),
];
