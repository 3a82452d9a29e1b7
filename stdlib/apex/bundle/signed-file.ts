// Reads a signed file that came from outside. Nothing of it is believed: counts are compared with what the verifier expects before
// anything is held, and every part is bounded.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { FileError } from '../../../compiler/files/index.ts';
import { areBytesSigned } from '../documents/signature.ts';
import { elementLength } from '../commitments/elements.ts';
import { SignedBody } from './signed-body.ts';
import { maxHeader, preambleLength, signatureLength, type SignedKind } from './signed-kind.ts';
import { numberAt, Source } from './source.ts';

/** Close it after use. */
export class SignedFile<Header> {
  #digests: { readonly whole: string; readonly signed: Uint8Array } | undefined;

  private constructor(
    private readonly kind: SignedKind<Header>,
    private readonly source: Source,
    private readonly handle: FileHandle,
    readonly size: number,
    readonly header: Header,
    /** Where the header ends. */
    private readonly start: number,
  ) {}

  /** Reads the header alone. Throws `bad-…`, or a FileError. */
  static async open<Header>(file: string, kind: SignedKind<Header>): Promise<SignedFile<Header>> {
    // A pipe that nobody writes to would not open otherwise.
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
    const handle = await open(file, flags).catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const hint = `name the file that \`lethe apex ${kind.command}\` wrote`;
      throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
    });
    try {
      const source = new Source(file, handle, kind.what);
      const stats = await handle.stat();
      if (!stats.isFile()) source.refuse('no file');
      const preamble = await source.read(0, preambleLength);
      if (Buffer.from(preamble.subarray(0, 8)).toString('latin1') !== kind.magic)
        source.refuse(`no ${kind.name}`);
      checkVersion(file, kind, numberAt(preamble, 8));
      const length = numberAt(preamble, 12);
      if (length > maxHeader) source.refuse(`a header of ${length} bytes`);
      const text = Buffer.from(await source.read(preambleLength, length));
      const start = preambleLength + length;
      if (stats.size < start + signatureLength) source.refuse('truncated: it has no signature');
      const header = headerOf(text, source, kind);
      return new SignedFile(kind, source, handle, stats.size, header, start);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close = (): Promise<void> => this.handle.close();

  /** SHA-256 of the whole file. */
  digest = async (): Promise<string> => (await this.#hashed()).whole;

  /** Bytes of a whole file with this header, sections of so many elements, and proofs of `proofLength` bytes. */
  lengthOf(sections: readonly number[], tiles: number, proofLength: number): number {
    const elements = sections.reduce((sum, count) => sum + count, 0);
    return this.start + elementLength * elements + (4 + proofLength) * tiles + signatureLength;
  }

  /** Whether the key of `signer` (base64 SPKI) signed all that the file says. */
  async isSignedBy(signer: string): Promise<boolean> {
    const { signed } = await this.#hashed();
    const signature = await this.source.read(this.size - signatureLength, signatureLength);
    return areBytesSigned(signed, signature, signer);
  }

  /** Throws `forged-…` unless the key of `signer` signed it. */
  async verifySignature(signer: string): Promise<void> {
    if (await this.isSignedBy(signer)) return;
    fail(
      `forged-${this.kind.what}`,
      `${this.source.file}: the signature is not that of the registered client`,
      'the file was changed or damaged on the way, or another wrote it: ask the client for it again',
    );
  }

  /** The body, which follows the header; counts are the verifier's own. Throws `bad-…` where the file is too short for them. */
  body = (sections: readonly number[], tiles: number): SignedBody =>
    new SignedBody(
      this.source,
      { start: this.start, end: this.size - signatureLength },
      sections,
      tiles,
    );

  /** SHA-256 of all bytes, and of all before the signature. */
  async #hashed(): Promise<{ readonly whole: string; readonly signed: Uint8Array }> {
    if (this.#digests) return this.#digests;
    const hash = createHash('sha256');
    const [step, end] = [1 << 20, this.size - signatureLength];
    for (let at = 0; at < end; at += step)
      hash.update(await this.source.read(at, Math.min(step, end - at)));
    const signed = hash.copy().digest();
    hash.update(await this.source.read(end, signatureLength));
    return (this.#digests = { whole: hash.digest('hex'), signed });
  }
}

function checkVersion(
  file: string,
  { what, version, command }: Pick<SignedKind<unknown>, 'what' | 'version' | 'command'>,
  found: number,
): void {
  if (found === version) return;
  fail(
    `bad-${what}`,
    `${file}: a ${what} of version ${found}, where version ${version} is expected`,
    found < version
      ? `ask the client to run \`lethe apex ${command}\` again with this version of Lethe, under a plan of it`
      : 'it was made with a later version of Lethe: use that one',
  );
}

/** One header has one text: another spelling would be another file with the same content. */
function headerOf<Header>(text: Buffer, source: Source, kind: SignedKind<Header>): Header {
  let header: Header;
  try {
    header = kind.parse(text.toString('utf8'), source.file);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return source.refuse(problem.slice(0, 200));
  }
  if (!text.equals(kind.render(header))) source.refuse('the header is not in its canonical form');
  return header;
}
