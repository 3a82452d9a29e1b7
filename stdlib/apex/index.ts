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
export { register, type RegisterOptions } from './client/register.ts';
export type { Damping } from './client/registration-inputs.ts';
export { sendLeaves } from './client/send-leaves.ts';
export { enroll, type Enrolled, type EnrollOptions } from './provider/enroll.ts';
export { issueWindow, type Issued } from './provider/window.ts';
export { checkNotFollowed } from './provider/known-plans.ts';
export { providerStatus } from './provider/status.ts';
export { chooseMask, type MaskOptions } from './provider/mask.ts';
export { largestLog, smallestLog } from './circuit/tile-size.ts';
export type { TileSize } from './client/choose-size.ts';
export { sampleTiles, type Sample, type SampleOptions } from './client/sample.ts';
export {
  unlearn,
  type Unlearned,
  type UnlearnOptions,
  type Work,
  type WorkSet,
} from './client/unlearn.ts';
export { verifyBundle, type VerifiedBundle, type VerifyOptions } from './provider/verify.ts';
export { exportModel } from './client/export.ts';
export { openState, type Answer, type State } from './client/state.ts';
export { blockEpsilon, makeSpec, modelEpsilon, type StepSpec } from './step/index.ts';
export type { Score } from './score.ts';
export {
  leavesFileOf,
  maskDocument,
  maskPositions,
  parseMask,
  parsePlan,
  parseReceipt,
  parseRegistration,
  parseWindow,
  planDigest,
  planDocument,
  receiptDigest,
  registrationDigest,
  registrationDocument,
  windowDigest,
  type Keeps,
  type Mask,
  type Plan,
  type Receipt,
  type Registration,
  type Window,
} from './documents/index.ts';
export {
  blockCount,
  blockNumbering,
  checkScope,
  openExampleGradients,
  openForgetStatistics,
  openModel,
  openScope,
  weightCount,
} from './model/index.ts';
export type { Progress, Report } from './report.ts';
