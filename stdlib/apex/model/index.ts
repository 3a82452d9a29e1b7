// Real models: safetensors in, the matrices in scope as Fisher blocks, gradients of any framework, safetensors out.
export { adapterNames } from './adapter.ts';
export { blockOfRows, openExampleGradients } from './example-gradients.ts';
export type { ExampleGradients } from './example-gradients.ts';
export { openForgetStatistics } from './forget-statistics.ts';
export type { ForgetStatistics, MatrixStatistics } from './forget-statistics.ts';
export { gradientNames } from './gradient-names.ts';
export { hashUnscoped, saltedUnscoped } from './hash-unscoped.ts';
export { layouts, recogniseLayout } from './layouts.ts';
export type { Layout, Matrices } from './layouts.ts';
export { readMatrix } from './matrices.ts';
export type { Model, ModelFile, ModelTensor } from './model.ts';
export { openModel } from './open-model.ts';
export { openScope } from './open-scope.ts';
export type { ScopeOptions } from './open-scope.ts';
export { patchedWeights, patchMatrix } from './patch.ts';
export {
  assembleScope,
  blockCount,
  blockNumbering,
  listBlocks,
  readBlocks,
  splitMatrix,
  tensorBlockCount,
} from './scope-blocks.ts';
export type { BlockEntry, BlockNumbering, BlockRange } from './scope-blocks.ts';
export { scopeFileText } from './scope-file.ts';
export { checkScope, matrixShape, weightCount } from './scope.ts';
export type { Orientation, Scope, ScopeTensor } from './scope.ts';
export { writeModel } from './write-model.ts';
export type { ModelToWrite, ScopeDtype } from './write-model.ts';
