// ZK-APEX as a system: what provider and client do, in the order in which they do it.
export { defaults, type Defaults } from './defaults.ts';
export { makePlan, type PlanOptions } from './provider/plan.ts';
export {
  createProvider,
  openProvider,
  readText,
  writeDocument,
  type Provider,
} from './provider/folder.ts';
export { register, type Damping, type RegisterOptions } from './client/register.ts';
export { enroll, type Keeping } from './provider/enroll.ts';
export { issueWindow } from './provider/window.ts';
export { chooseMask, type MaskOptions } from './provider/mask.ts';
export type { TileSize } from './client/choose-tiles.ts';
export { sampleTiles, type Sample, type SampleOptions } from './client/sample.ts';
export { unlearn, type Unlearned, type UnlearnOptions, type Work } from './client/unlearn.ts';
export { verifyBundle, type VerifiedBundle, type VerifyOptions } from './provider/verify.ts';
export { exportModel } from './client/export.ts';
export { currentLeaves, openState, type State } from './client/state.ts';
export { deriveEpsilon, type Epsilon } from './epsilon.ts';
export { maskDocument, parseMask, touchedBlocks, type Mask } from './documents/mask.ts';
export type { Score } from './score.ts';
export { leavesFileOf, readLeaves, writeLeaves } from './documents/leaves.ts';
export { parsePlan, planDigest, planDocument, type Keeps, type Plan } from './documents/plan.ts';
export {
  parseRegistration,
  registrationDigest,
  registrationDocument,
  type Registration,
} from './documents/registration.ts';
export { parseWindow, windowDigest, type Window } from './documents/window.ts';
export { forms, type FormName } from './forms/index.ts';
export {
  blockCount,
  checkScope,
  openExampleGradients,
  openForgetStatistics,
  openModel,
  openScope,
  weightCount,
} from './model/index.ts';
export type { Progress, Report } from './report.ts';
