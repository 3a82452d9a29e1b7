// A safetensors file that is read piece by piece: the header when it is opened, elements when they are asked for.
// No file stays open between two calls; one that was changed in between is refused, not mixed.
import type { FileHandle } from 'node:fs/promises';
import { dtypes } from './dtypes.ts';
import { FileError } from './errors.ts';
import { openRegular } from './read-file.ts';
import { decodeElements } from './safetensors-decoding.ts';
import { byteLength, rewrite } from './safetensors-entry.ts';
import type { TensorEntry } from './safetensors-entry.ts';
import { headerEnd, parseHeader } from './safetensors-header.ts';

/** A run of elements of one tensor, flattened row-major. */
export interface ElementRange {
  readonly start: number;
  readonly count: number;
}

/** An opened file; every method reads its own bytes only. */
export interface SafetensorsFile {
  readonly file: string;
  /** In the order of their bytes. */
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly metadata: ReadonlyMap<string, string>;
  /**
   * Elements of one tensor, each exact: doubles for F64, I64 and I32, single precision for every narrower type.
   * @throws FileError `missing-tensor`, `changed`, `cannot-read` or `bad-value`.
   */
  read(name: string, ranges: readonly ElementRange[]): Promise<(Float32Array | Float64Array)[]>;
  /** The bytes of one tensor as they are stored, in pieces of at most 4 MiB. @throws FileError as `read`. */
  bytes(name: string): AsyncGenerator<Uint8Array>;
}

const pieceLength = 2 ** 22;

/**
 * Opens a file of any size and checks its header.
 * @throws FileError `cannot-read`, `truncated`, `too-large`, `bad-header`, `duplicate-name`, `unknown-dtype`, `bad-shape` or `bad-offsets`.
 */
export async function openSafetensors(file: string): Promise<SafetensorsFile> {
  const { header, version } = await withHandle(file, async (handle) => {
    const { size, mtimeMs, ino } = await handle.stat();
    const end = headerEnd(await readAt(handle, 0, Math.min(8, size), file), file, size);
    const bytes = await readAt(handle, 0, end, file);
    return { header: parseHeader(bytes, file, size), version: `${size} ${mtimeMs} ${ino}` };
  });
  const entries = new Map(header.entries.map((entry) => [entry.name, entry]));

  const entryOf = (name: string): TensorEntry => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    const hint = 'use one of the names in the file';
    throw new FileError({
      code: 'missing-tensor',
      file,
      tensor: name,
      problem: 'is not in it',
      hint,
    });
  };
  const unchanged = async (handle: FileHandle): Promise<void> => {
    const { size, mtimeMs, ino } = await handle.stat();
    if (`${size} ${mtimeMs} ${ino}` === version) return;
    const hint = 'let nothing write to it meanwhile, and start again';
    throw new FileError({
      code: 'changed',
      file,
      problem: 'has changed since it was opened',
      hint,
    });
  };

  return {
    file,
    entries,
    metadata: header.metadata,
    read: (name, ranges) =>
      withHandle(file, async (handle) => {
        const entry = entryOf(name);
        await unchanged(handle);
        const parts: (Float32Array | Float64Array)[] = [];
        for (const range of ranges) parts.push(await readElements(handle, entry, range, file));
        return parts;
      }),
    async *bytes(name) {
      const entry = entryOf(name);
      const length = byteLength(entry);
      const { handle } = await openRegular(file, 'check that the path names a readable file');
      try {
        await unchanged(handle);
        for (let at = 0; at < length; at += pieceLength) {
          const count = Math.min(pieceLength, length - at);
          yield await readAt(handle, entry.begin + at, count, file);
        }
      } finally {
        await handle.close();
      }
    },
  };
}

async function readElements(
  handle: FileHandle,
  entry: TensorEntry,
  { start, count }: ElementRange,
  file: string,
): Promise<Float32Array | Float64Array> {
  if (!(start >= 0 && count >= 0 && start + count <= entry.count)) {
    throw new RangeError(`elements ${start} to ${start + count} of ${entry.count}`);
  }
  const { bytes: width } = dtypes[entry.dtype];
  const wide = width === 8 || entry.dtype === 'I32';
  const data = wide ? new Float64Array(count) : new Float32Array(count);
  const step = pieceLength / width;
  for (let at = 0; at < count; at += step) {
    const part = data.subarray(at, Math.min(at + step, count));
    const position = entry.begin + (start + at) * width;
    const bytes = await readAt(handle, position, part.length * width, file);
    decodeElements({ bytes, entry, file, data: part, first: start + at });
  }
  return data;
}

async function readAt(
  handle: FileHandle,
  position: number,
  length: number,
  file: string,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) {
      const problem = `ends at byte ${position + done}, while it is read`;
      throw new FileError({ code: 'truncated', file, problem, hint: rewrite });
    }
    done += bytesRead;
  }
  return bytes;
}

/** Opens, acts and closes; what the system refuses becomes `cannot-read`. */
async function withHandle<T>(file: string, action: (handle: FileHandle) => Promise<T>): Promise<T> {
  const { handle } = await openRegular(file, 'check that the path names a readable file');
  try {
    return await action(handle);
  } catch (cause) {
    if (cause instanceof FileError || cause instanceof RangeError) throw cause;
    return refuseReading(file, cause);
  } finally {
    await handle.close();
  }
}

function refuseReading(file: string, cause: unknown): never {
  const problem = cause instanceof Error ? cause.message : String(cause);
  const hint = 'check that the path names a readable file';
  throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
}
