// The documents that provider and client exchange: one canonical text each, signed or not.
export { areBitsOf, bytesFor, countBits, hasBit, positionsOf, setBit } from './bits.ts';
export { canonicalText, digestField, digestOf, type Json } from './canonical.ts';
export {
  challengeDigest,
  challengeDocument,
  parseChallenge,
  readChallenge,
  type Challenge,
  type ReadChallenge,
} from './challenge.ts';
export { documentVersion, Fields } from './fields.ts';
export {
  deadByBlock,
  deadPositions,
  extendHistory,
  liveBlocks,
  livePositions,
  noHistory,
  refuseHistory,
  uncompensatedCount,
  type History,
  type LiveBlock,
} from './history.ts';
export { maskLimits, planLimits, smallDocument, stateLimits, windowLimits } from './limits.ts';
export { leavesFileOf, writeLeaves } from './leaves.ts';
export {
  maskDocument,
  maskPositions,
  packMask,
  parseMask,
  type Mask,
  type MaskChoice,
} from './mask.ts';
export {
  checkPlan,
  defaultLink,
  parsePlan,
  planDigest,
  planDocument,
  type Keeps,
  type Plan,
  type Predecessor,
  type Reregister,
} from './plan.ts';
export { isReasonCode, reasons, type ReasonCode } from './reasons.ts';
export {
  checkReceipt,
  checkReceiptWindow,
  parseReceipt,
  receiptDigest,
  receiptDocument,
  type Receipt,
} from './receipt.ts';
export { clientNameRule, isClientName } from './names.ts';
export { isPublicKey } from './public-key.ts';
export {
  hasConsent,
  parseRegistration,
  registrationDigest,
  registrationDocument,
  signRegistration,
  type Registration,
  type SignedRegistration,
} from './registration.ts';
export {
  areBytesSigned,
  generateSigningKey,
  isSigned,
  parseSigningKey,
  publicKeyOf,
  readSigningKey,
  signBytes,
  signDocument,
} from './signature.ts';
export {
  checkSuccession,
  parseWindow,
  readWindow,
  windowDigest,
  windowDocument,
  type Window,
} from './window.ts';
