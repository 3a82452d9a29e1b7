// The arithmetic of a step, exact and without circuits: what is registered, what is proved, and what follows from it.
export type { HeldBlock } from './block.ts';
export { columnLengths, columnOffsets } from './classes.ts';
export { registeredBlock } from './curvature.ts';
export type { RegisteredBlock } from './curvature.ts';
export { blockEpsilon, conditionNumber, modelEpsilon } from './epsilon.ts';
export { checkProvable } from './provable.ts';
export { exactResiduals } from './residuals.ts';
export { solveMultipliers } from './solve.ts';
export {
  checkSpec,
  defaultTolerance,
  floor,
  makeSpec,
  multiplierFormat,
  resultShift,
  rootFormat,
} from './spec.ts';
export type { StepSpec } from './spec.ts';
export { unlearnedBlock } from './unlearned.ts';
export type { BlockStep } from './unlearned.ts';
