// ZK-APEX as a system: what provider and client do, in the order in which they do it.
export { defaults, type Defaults } from './defaults.ts';
export { makePlan, type PlanOptions } from './provider/plan.ts';
export {
  createProvider,
  openProvider,
  readText,
  readWindowOf,
  writeDocument,
  type Provider,
} from './provider/folder.ts';
export { register, type RegisterOptions } from './client/register.ts';
export type { Damping } from './client/registration-inputs.ts';
export { sendLeaves } from './client/send-leaves.ts';
export {
  enroll,
  type Challenged,
  type Enrolled,
  type EnrollOptions,
  type Entered,
} from './provider/enroll.ts';
export { isRefusalCode, type BooksAccess, type EnteredBy } from './books/index.ts';
export { issueWindow, type Issued } from './provider/window.ts';
export { checkNotFollowed } from './provider/known-plans.ts';
export {
  providerStatus,
  type ClientStatus,
  type PendingStatus,
  type ProviderStatus,
} from './provider/status.ts';
export { chooseMask, type MaskOptions } from './provider/mask.ts';
export { largestLog, smallestLog } from './circuit/tile-size.ts';
export type { TileSize } from './client/choose-size.ts';
export { sampleTiles, type Sample, type SampleOptions } from './client/sample.ts';
export { unlearn, type Unlearned, type UnlearnOptions, type Work } from './client/unlearn.ts';
export { proveLink, type Linked, type LinkOptions, type LinkWork } from './client/link.ts';
export type { Proving, ProvingWork, WorkSet } from './client/proving.ts';
export { verifyBundle, type VerifiedBundle, type VerifyOptions } from './provider/verify.ts';
export { verifyLink, type VerifiedLink, type VerifyLinkOptions } from './provider/link.ts';
export { exportModel } from './client/export.ts';
export { eraseState, type Erased } from './client/erase.ts';
export { formerFolder, openState, saveReceipt, type Answer, type State } from './client/state.ts';
export { blockEpsilon, makeSpec, modelEpsilon, type StepSpec } from './step/index.ts';
export type { Score } from './score.ts';
export {
  challengeDigest,
  defaultLink,
  leavesFileOf,
  maskLimits,
  maskDocument,
  maskPositions,
  parseChallenge,
  parseMask,
  parsePlan,
  planLimits,
  parseReceipt,
  parseRegistration,
  parseSigningKey,
  parseWindow,
  planDigest,
  planDocument,
  receiptDigest,
  registrationDigest,
  registrationDocument,
  windowDigest,
  type Challenge,
  type Keeps,
  type Mask,
  type Plan,
  type Receipt,
  type Registration,
  type Reregister,
  type SignedRegistration,
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
