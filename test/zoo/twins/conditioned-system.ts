// A linear system that is accepted by its residual: its matrix may be 0, or is φ I + GᵀG by construction.
import { bit, q, solve, solveGram } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'conditioned-system',
  source: {
    catalogue: 'SoK: What Don’t We Know? Understanding Security Vulnerabilities in SNARKs',
    title: 'Root cause: missing input constraints',
    url: 'https://arxiv.org/abs/2402.15293',
  },
  fault: 'a bound on the eigenvalues of an input is declared, and nothing checks it',
  attack: 'gives the matrix 0, for which every vector has a small residual',
  repair: 'no eigenvalue of φ I + GᵀG is below φ, whatever G is; all operands are public',
  shows: 'circuit',
  nets: ['assumptions', 'declarations'],
  circuit(c, isBroken) {
    const values = c.public('values', q(12, 8), [2]);
    const pinned = { mask: c.public('mask', bit, [2]), values };
    const system = { pinned, format: q(16, 8), tolerance: 0.125 };
    const x = isBroken
      ? solve({ ...system, matrix: c.public('matrix', q(12, 8), [2, 2]), smallestEigenvalue: 1 })
      : solveGram({ ...system, factor: c.public('factor', q(6, 4), [2, 2]), damping: 1 });
    x.expose('x');
  },
});
