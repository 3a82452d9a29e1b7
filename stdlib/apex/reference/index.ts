// The float64 reference of the ZK-APEX operator: what the paper's mathematics says, written naively.
export { assembleTensors, blockEntries, splitTensors, tensorBlocks } from './blocks.ts';
export type { Block, FilledBlock } from './blocks.ts';
export { OperatorError } from './errors.ts';
export type { OperatorErrorCode, OperatorErrorParts } from './errors.ts';
export {
  blockGradients,
  diagonalFisher,
  fisherBlock,
  meanGradient,
  normalisedFisherBlock,
} from './fisher.ts';
export type { ExampleGradients, GradientRows } from './fisher.ts';
export {
  kktResidual,
  obsFromCurvature,
  obsFromInverse,
  obsMultipliers,
  predictedLossIncrease,
} from './group-obs.ts';
export type { MaskedBlock } from './group-obs.ts';
export { solveLinear } from './linear-solve.ts';
export { topKMasks } from './masks.ts';
export type { Masks } from './masks.ts';
export type { Matrix } from './matrix.ts';
export type { NamedTensors, Numbers, Tensor } from './named-tensors.ts';
export { ratioScores, saliencyScores } from './saliency.ts';
export type { LossStatistics } from './saliency.ts';
export { unlearn } from './unlearn.ts';
export type { BlockReport, Unlearned, UnlearnInput } from './unlearn.ts';
export { woodburyInverse } from './woodbury.ts';
