// The standard library: everything here is written in the DSL alone.
export { commit } from './commitment.ts';
export { assertDefinite, type Definite } from './definite.ts';
export {
  groupObs,
  groupObsByFactor,
  groupObsByInverse,
  type GroupObs,
  type GroupObsByFactor,
  type GroupObsByInverse,
} from './group-obs/index.ts';
export { clearMasked } from './masking.ts';
export { symmetric, triangleLength, upperTriangular } from './matrix.ts';
