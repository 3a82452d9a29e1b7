// Bytes of a file that came from outside, all of them or none.
import type { FileHandle } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';

/** The system reads fewer than 2^31 bytes at once. */
const most = 1 << 30;

export class Source {
  constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    /** The kind of file, in a word: its refusals have the code `bad-…`. */
    private readonly what: string,
  ) {}

  /** The caller has bounded `length`. Throws `bad-…` where the file ends before. */
  async read(at: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const part = Math.min(most, length - done);
      const { bytesRead } = await this.handle.read(bytes, done, part, at + done);
      if (bytesRead === 0) this.refuse(`truncated: it ends ${length - done} bytes too early`);
      done += bytesRead;
    }
    return bytes;
  }

  refuse(why: string): never {
    return fail(
      `bad-${this.what}`,
      `${this.file}: ${why}`,
      `ask the client for the ${this.what} again`,
    );
  }
}

export const numberAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

export const encodeNumber = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
