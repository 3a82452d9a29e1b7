// The documents that provider and client exchange: one canonical text each, signed or not.
export { areBitsOf, bytesFor, countBits, hasBit, positionsOf, setBit } from './bits.ts';
export { canonicalText, digestField, digestOf, type Json } from './canonical.ts';
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
  parsePlan,
  planDigest,
  planDocument,
  type Keeps,
  type Plan,
  type Predecessor,
} from './plan.ts';
export {
  checkReceipt,
  checkReceiptWindow,
  parseReceipt,
  receiptDigest,
  receiptDocument,
  type Receipt,
} from './receipt.ts';
export {
  clientPattern,
  parseRegistration,
  registrationDigest,
  registrationDocument,
  type Registration,
} from './registration.ts';
export {
  areBytesSigned,
  generateSigningKey,
  isPublicKey,
  isSigned,
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
