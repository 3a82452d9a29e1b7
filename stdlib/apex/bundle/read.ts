// Reads a bundle that came from outside. Nothing of it is believed: sizes are compared with what the verifier expects
// before anything is held, and every part is bounded.
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { FileError } from '../../../compiler/files/index.ts';
import { decodeElement, elementLength } from '../commitments/elements.ts';
import type { Keeps } from '../documents/plan.ts';
import {
  checksumLength,
  leavesLength,
  magic,
  maxHeader,
  maxProof,
  parseHeader,
  preambleLength,
  renderHeader,
  version,
  type BundleHeader,
  type SentLeaves,
} from './header.ts';

/** One tile of a bundle. */
export interface BundleTile {
  readonly leaves: readonly SentLeaves[];
  readonly proof: Uint8Array;
}

/** Close it after use. */
export class Bundle {
  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    readonly size: number,
    readonly header: BundleHeader,
    /** Where the siblings begin. */
    private readonly body: number,
  ) {}

  /** Reads the header alone. Throws `bad-bundle`, or a FileError. */
  static async open(file: string): Promise<Bundle> {
    const handle = await open(file, 'r').catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const hint = 'name the file that `lethe apex unlearn` wrote';
      throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
    });
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) refuse(file, 'no file');
      const { size } = stats;
      const preamble = await readAt(file, handle, 0, preambleLength);
      if (Buffer.from(preamble.subarray(0, magic.length)).toString('latin1') !== magic)
        refuse(file, 'no bundle of an unlearning');
      const found = number(preamble, magic.length);
      if (found !== version) refuse(file, `version ${found}, where ${version} is expected`);
      const length = number(preamble, magic.length + 4);
      if (length > maxHeader) refuse(file, `a header of ${length} bytes`);
      const text = Buffer.from(await readAt(file, handle, preambleLength, length));
      return new Bundle(file, handle, size, headerOf(text, file), preambleLength + length);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close = (): Promise<void> => this.handle.close();

  /** SHA-256 of the whole file. Throws `bad-bundle` when its checksum does not hold. */
  async digest(): Promise<string> {
    const [whole, content] = [createHash('sha256'), createHash('sha256')];
    const step = 1 << 20;
    const end = this.size - checksumLength;
    for (let at = 0; at < end; at += step) {
      const piece = await this.#read(at, Math.min(step, end - at));
      whole.update(piece);
      content.update(piece);
    }
    const checksum = await this.#read(Math.max(0, end), checksumLength);
    whole.update(checksum);
    if (!content.digest().equals(checksum))
      refuse(this.file, 'the checksum does not hold: the file was damaged or changed on the way');
    return whole.digest('hex');
  }

  /** Throws `bad-bundle` for what is no field element. */
  async siblings(): Promise<bigint[]> {
    const bytes = await this.#read(this.body, this.header.siblings * elementLength);
    return Array.from({ length: this.header.siblings }, (_, i) => this.#element(bytes, i));
  }

  /**
   * The tiles in order, which have so many touched blocks each. Throws `bad-bundle` where a part is truncated, too large or no field element, and after the last
   * tile when bytes are left over.
   */
  async *tiles(blocks: readonly number[], keeps: Keeps): AsyncGenerator<BundleTile> {
    const each = leavesLength(keeps);
    let at = this.body + this.header.siblings * elementLength;
    for (const [tile, count] of blocks.entries()) {
      const length = number(await this.#read(at, 4), 0);
      if (length > maxProof) refuse(this.file, `tile ${tile} has a proof of ${length} bytes`);
      const bytes = await this.#read(at + 4, count * each + length);
      const leaves = Array.from({ length: count }, (_, i) =>
        keeps === 'tree'
          ? { after: this.#element(bytes, i) }
          : { before: this.#element(bytes, 2 * i), after: this.#element(bytes, 2 * i + 1) },
      );
      yield { leaves, proof: bytes.subarray(count * each) };
      at += 4 + bytes.length;
    }
    if (at !== this.size - checksumLength)
      refuse(this.file, `${this.size - checksumLength - at} bytes after the last tile`);
  }

  #element(bytes: Uint8Array, index: number): bigint {
    const own = bytes.subarray(index * elementLength, (index + 1) * elementLength);
    return decodeElement(own) ?? refuse(this.file, 'a commitment is no field element');
  }

  #read(at: number, length: number): Promise<Uint8Array> {
    if (at + length > this.size)
      refuse(
        this.file,
        `truncated: ${this.size} bytes, where at least ${at + length} are expected`,
      );
    return readAt(this.file, this.handle, at, length);
  }
}

/** One header has one text: another spelling would be another file with the same content. */
function headerOf(text: Buffer, file: string): BundleHeader {
  let header: BundleHeader;
  try {
    header = parseHeader(text.toString('utf8'), file);
  } catch (error) {
    return refuse(file, error instanceof Error ? error.message.slice(0, 200) : String(error));
  }
  if (!text.equals(renderHeader(header))) refuse(file, 'the header is not in its canonical form');
  return header;
}

async function readAt(
  file: string,
  handle: FileHandle,
  at: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await handle.read(bytes, 0, length, at);
  if (bytesRead < length) refuse(file, `truncated: it ends ${length - bytesRead} bytes too early`);
  return bytes;
}

const number = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

const refuse = (file: string, why: string): never =>
  fail('bad-bundle', `${file}: ${why}`, 'ask the client for the bundle again');
