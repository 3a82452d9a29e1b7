// Reads a bundle that came from outside. Nothing of it is believed: counts are compared with what the verifier expects
// before anything is held, and every part is bounded.
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { FileError } from '../../../compiler/files/index.ts';
import { areBytesSigned } from '../documents/signature.ts';
import { BundleBody, type BodyCounts } from './body.ts';
import {
  magic,
  maxHeader,
  parseHeader,
  preambleLength,
  renderHeader,
  signatureLength,
  version,
  type BundleHeader,
} from './header.ts';
import { numberAt, readAt, refuseBundle } from './read-at.ts';

/** Close it after use. */
export class Bundle {
  #digests: { readonly whole: string; readonly signed: Uint8Array } | undefined;

  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    readonly size: number,
    readonly header: BundleHeader,
    /** Where the header ends. */
    private readonly start: number,
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
      if (!stats.isFile()) refuseBundle(file, 'no file');
      const preamble = await readAt(file, handle, 0, preambleLength);
      if (Buffer.from(preamble.subarray(0, magic.length)).toString('latin1') !== magic)
        refuseBundle(file, 'no bundle of an unlearning');
      checkVersion(file, numberAt(preamble, magic.length));
      const length = numberAt(preamble, magic.length + 4);
      if (length > maxHeader) refuseBundle(file, `a header of ${length} bytes`);
      const text = Buffer.from(await readAt(file, handle, preambleLength, length));
      const start = preambleLength + length;
      if (stats.size < start + signatureLength)
        refuseBundle(file, 'truncated: it has no signature');
      return new Bundle(file, handle, stats.size, headerOf(text, file), start);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close = (): Promise<void> => this.handle.close();

  /** SHA-256 of the whole file. */
  digest = async (): Promise<string> => (await this.#hashed()).whole;

  /** Throws `forged-bundle` unless the key of `signer` (base64 SPKI) signed all that the file says. */
  async verifySignature(signer: string): Promise<void> {
    const { signed } = await this.#hashed();
    const signature = await this.#read(this.size - signatureLength, signatureLength);
    if (areBytesSigned(signed, signature, signer)) return;
    fail(
      'forged-bundle',
      `${this.file}: the signature is not that of the registered client`,
      'the file was changed or damaged on the way, or another wrote it: ask the client for it again',
    );
  }

  /**
   * The body, which follows the header. Throws `bad-coverage` or `bad-opening` where the header has other counts than these, `bad-bundle`
   * where the file is too short for them.
   */
  body(expected: BodyCounts): BundleBody {
    const { file, header } = this;
    if (header.proved !== expected.proved)
      fail('bad-coverage', `${header.proved} blocks are proved, ${expected.proved} are expected`);
    if (header.tiles !== expected.tiles)
      fail('bad-coverage', `${header.tiles} tiles, where ${expected.tiles} are expected`);
    if (header.siblings !== expected.siblings)
      fail(
        'bad-opening',
        `the opening has ${header.siblings} siblings, ${expected.siblings} are expected`,
      );
    const end = this.size - signatureLength;
    return new BundleBody(file, this.handle, { start: this.start, end }, expected);
  }

  /** SHA-256 of all bytes, and of all before the signature. */
  async #hashed(): Promise<{ readonly whole: string; readonly signed: Uint8Array }> {
    if (this.#digests) return this.#digests;
    const hash = createHash('sha256');
    const [step, end] = [1 << 20, this.size - signatureLength];
    for (let at = 0; at < end; at += step)
      hash.update(await this.#read(at, Math.min(step, end - at)));
    const signed = hash.copy().digest();
    hash.update(await this.#read(end, signatureLength));
    return (this.#digests = { whole: hash.digest('hex'), signed });
  }

  #read = (at: number, length: number): Promise<Uint8Array> =>
    readAt(this.file, this.handle, at, length);
}

function checkVersion(file: string, found: number): void {
  if (found === version) return;
  fail(
    'bad-bundle',
    `${file}: a bundle of version ${found}, where version ${version} is expected`,
    found < version
      ? 'ask the client to unlearn again with this version of Lethe, under a plan of it'
      : 'it was made with a later version of Lethe: use that one',
  );
}

/** One header has one text: another spelling would be another file with the same content. */
function headerOf(text: Buffer, file: string): BundleHeader {
  let header: BundleHeader;
  try {
    header = parseHeader(text.toString('utf8'), file);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return refuseBundle(file, problem.slice(0, 200));
  }
  if (!text.equals(renderHeader(header)))
    refuseBundle(file, 'the header is not in its canonical form');
  return header;
}
