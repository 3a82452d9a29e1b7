// The header of a safetensors file: 8 bytes little-endian length N, then N bytes of JSON
//   { "name": { "dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end] }, "__metadata__": {...} }
// Offsets count from the end of the header. The tensors must tile the rest of the file exactly.
import { FileError } from './errors.ts';
import type { FileErrorCode } from './errors.ts';
import { scanJson, type JsonLimits } from './json.ts';
import { byteLength, checkEntry, isRecord, rewrite } from './safetensors-entry.ts';
import type { TensorEntry } from './safetensors-entry.ts';

/** A checked header; its entries are in the order of the bytes. */
export interface Header {
  readonly entries: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Room for 100 000 tensors: an entry has some 8 values in 120 bytes. The format allows 100 MB, which can take gigabytes of memory.
 */
const limits: JsonLimits = { bytes: 16_000_000, depth: 8, values: 1_000_000 };

/**
 * Reads and checks the header of a file.
 * @param bytes the file, or its beginning up to the end of the header at least.
 * @param size the bytes of the whole file.
 * @throws FileError `truncated`, `too-large`, `bad-header`, `duplicate-name`, `unknown-dtype`, `bad-shape` or
 *   `bad-offsets`.
 */
export function parseHeader(bytes: Uint8Array, file: string, size = bytes.length): Header {
  const { json, bufferStart } = headerJson(bytes, file, size);
  const found = Object.entries(json)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => checkEntry(name, value, { file, bufferStart }))
    .sort((a, b) => a.begin - b.begin || byteLength(a) - byteLength(b));

  let covered = bufferStart;
  for (const entry of found) {
    const end = entry.begin + byteLength(entry);
    const refuse = (code: FileErrorCode, problem: string) =>
      new FileError({ code, file, tensor: entry.name, problem, hint: rewrite });
    const begin = entry.begin - bufferStart;
    const next = covered - bufferStart;
    if (begin < next) {
      throw refuse('bad-offsets', `begins at ${begin}, inside the tensor before it`);
    }
    if (begin > next) throw refuse('bad-offsets', `begins at ${begin}, with a hole from ${next}`);
    if (end > size) {
      throw refuse('truncated', `ends at byte ${end} of a file of ${size} bytes`);
    }
    covered = end;
  }
  if (covered !== size) {
    const problem = `${size - covered} bytes at the end belong to no tensor`;
    throw new FileError({ code: 'bad-offsets', file, problem, hint: rewrite });
  }
  return { entries: found, metadata: checkMetadata(json['__metadata__'], file) };
}

/** The first byte behind the header. @throws FileError `truncated`, `too-large`. */
export function headerEnd(start: Uint8Array, file: string, size: number): number {
  const refuse = (problem: string) =>
    new FileError({ code: 'truncated', file, problem, hint: rewrite });
  if (start.length < 8) {
    throw refuse(`has ${start.length} bytes, fewer than the 8 of the header length`);
  }
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(size - 8)) {
    throw refuse(`the header needs ${length} bytes, ${size - 8} are left`);
  }
  if (length > BigInt(limits.bytes)) {
    const problem = `the header has ${length} bytes, at most ${limits.bytes} are read`;
    const hint = 'save the tensors in several files, and no long metadata';
    throw new FileError({ code: 'too-large', file, problem, hint });
  }
  return 8 + Number(length);
}

function headerJson(bytes: Uint8Array, file: string, size: number) {
  const refuse = (code: FileErrorCode, problem: string, cause?: unknown) =>
    new FileError({ code, file, problem, hint: rewrite, cause });
  const bufferStart = headerEnd(bytes, file, size);
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(8, bufferStart),
    );
    const fault = scanJson(text, limits);
    if (fault && fault.code !== 'bad-json') throw refuse(fault.code, `the header ${fault.problem}`);
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw refuse('bad-header', 'the header is not JSON in UTF-8', error);
  }
  if (!isRecord(json) || text[0] !== '{') {
    throw refuse('bad-header', 'the header is not a JSON object that begins with its first byte');
  }
  return { json, bufferStart };
}

function checkMetadata(value: unknown, file: string): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  const pairs = isRecord(value) ? Object.entries(value) : undefined;
  if (!pairs?.every((pair): pair is [string, string] => typeof pair[1] === 'string')) {
    const problem = '__metadata__ is not an object of strings';
    throw new FileError({ code: 'bad-header', file, problem, hint: rewrite });
  }
  return new Map(pairs);
}
