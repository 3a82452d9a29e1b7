// Files: tensors in the safetensors format, and atomic writing.
export { atomicWrite } from './atomic-write.ts';
export type { FileContents } from './atomic-write.ts';
export { dtypes } from './dtypes.ts';
export type { Dtype } from './dtypes.ts';
export { FileError } from './errors.ts';
export type { FileErrorCode, FileErrorParts } from './errors.ts';
export { readJsonObject } from './json-file.ts';
export { decodeSafetensors } from './safetensors-decoding.ts';
export type { Safetensors, StoredTensor } from './safetensors-decoding.ts';
export { encodeElements, encodeSafetensors } from './safetensors-encoding.ts';
export type { WritableSafetensors, WritableTensor } from './safetensors-encoding.ts';
export { isRecord } from './safetensors-entry.ts';
export { openSafetensors } from './safetensors-file.ts';
export type { ElementRange, SafetensorsFile } from './safetensors-file.ts';
export { streamSafetensors } from './safetensors-stream.ts';
export type { StreamedTensor } from './safetensors-stream.ts';
export { readSafetensors, writeSafetensors } from './safetensors.ts';
