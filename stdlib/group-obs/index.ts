export { assertGroupObsByColumns, type MaskedColumns } from './columns.ts';
export { assertGroupObsByFactor, groupObsByFactor, type GroupObsByFactor } from './factor.ts';
export {
  assertGroupObsByInverse,
  groupObsByInverse,
  type GroupObsByInverse,
  type InverseRoot,
} from './inverse.ts';
export { assertGroupObs, groupObs, type GroupObs } from './kkt.ts';
export { unlearnedByColumns, type UnlearnedColumns } from './unlearned.ts';
export type { Claim } from './claim.ts';
export type { Step } from './step.ts';
