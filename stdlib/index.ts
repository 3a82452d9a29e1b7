// The standard library: everything here is written in the DSL alone.
export { commit, commitWords } from './commitment.ts';
export { assertDefinite, type Definite } from './definite.ts';
export {
  assertGroupObs,
  assertGroupObsByColumns,
  assertGroupObsByFactor,
  assertGroupObsByInverse,
  groupObs,
  groupObsByFactor,
  groupObsByInverse,
  unlearnedByColumns,
  type Claim,
  type GroupObs,
  type GroupObsByFactor,
  type GroupObsByInverse,
  type InverseRoot,
  type MaskedColumns,
  type UnlearnedColumns,
} from './group-obs/index.ts';
export { clearMasked } from './masking.ts';
export { maximum } from './maximum.ts';
export { symmetric, triangleLength, upperTriangular } from './matrix.ts';
export { layerNorm, rmsNorm, type Normalization } from './normalization.ts';
export { logSumExp, softmax } from './softmax.ts';
