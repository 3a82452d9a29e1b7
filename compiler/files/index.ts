// Files: tensors in the safetensors format, and atomic writing.
export { atomicWrite } from './atomic-write.ts';
export type { FileContents } from './atomic-write.ts';
export type { Dtype } from './dtypes.ts';
export { FileError } from './errors.ts';
export type { FileErrorCode, FileErrorParts } from './errors.ts';
export { decodeSafetensors } from './safetensors-decoding.ts';
export type { Safetensors, StoredTensor } from './safetensors-decoding.ts';
export { encodeSafetensors } from './safetensors-encoding.ts';
export type { WritableSafetensors, WritableTensor } from './safetensors-encoding.ts';
export { readSafetensors, writeSafetensors } from './safetensors.ts';
