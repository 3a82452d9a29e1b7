// Field elements in files of one folder: 32 bytes each, then SHA-256 of the file's name and of them.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite, PagedFile } from '../../../compiler/files/index.ts';
import { decodeElement, elementLength } from '../commitments/elements.ts';

const digestLength = 32;
/** Positions of a mask are spread: a page is what one look-up may read in vain. */
const page = 2048 * elementLength;

export interface ElementFilesOptions {
  readonly folder: string;
  /** Names the content in codes: `no-leaves`, `damaged-leaves`. */
  readonly what: string;
  readonly extension: string;
  readonly cure: string;
}

export class ElementFiles {
  /** Files of which the SHA-256 was compared. */
  readonly #checked = new Set<string>();

  constructor(private readonly options: ElementFilesOptions) {}

  has = async (name: string): Promise<boolean> =>
    (await stat(this.#fileOf(name)).catch(() => undefined)) !== undefined;

  /** Throws FileError `cannot-write`, or what `pieces` throw that is a FileError. */
  async write(
    name: string,
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<void> {
    await mkdir(this.options.folder, { recursive: true });
    this.#checked.delete(name);
    const hash = createHash('sha256').update(name);
    await atomicWrite(
      this.#fileOf(name),
      (async function* () {
        for await (const piece of pieces) {
          hash.update(piece);
          yield piece;
        }
        yield hash.digest();
      })(),
    );
  }

  /**
   * Those at `indices`, best ascending, of a file of `count` elements.
   * @throws LetheError `no-…`, `damaged-…`.
   */
  async read(name: string, count: number, indices: ArrayLike<number>): Promise<bigint[]> {
    const file = this.#fileOf(name);
    if (!(await this.has(name)))
      fail(`no-${this.options.what}`, `${file} is missing`, this.options.cure);
    const open = await PagedFile.open(file, { page, hint: this.options.cure });
    try {
      if (open.length !== count * elementLength + digestLength) this.#refuse(file);
      if (!this.#checked.has(name)) await this.#check(name, open);
      const elements: bigint[] = [];
      for (let i = 0; i < indices.length; i++) {
        const bytes = await open.read(indices[i]! * elementLength, elementLength);
        elements.push(decodeElement(bytes) ?? this.#refuse(file));
      }
      return elements;
    } finally {
      await open.close();
    }
  }

  /** A file that cannot be removed stays. */
  remove = (name: string): Promise<void> =>
    rm(this.#fileOf(name), { force: true }).catch(() => undefined);

  async #check(name: string, { file, length }: PagedFile): Promise<void> {
    const hash = createHash('sha256').update(name);
    const end = length - digestLength;
    let last = Buffer.alloc(0);
    for await (const piece of createReadStream(file)) {
      const bytes = Buffer.concat([last, piece as Buffer]);
      hash.update(bytes.subarray(0, -digestLength));
      last = bytes.subarray(-digestLength);
    }
    if (end < 0 || !hash.digest().equals(last)) this.#refuse(file);
    this.#checked.add(name);
  }

  #fileOf = (name: string): string =>
    join(this.options.folder, `${name}.${this.options.extension}`);

  #refuse(file: string): never {
    return fail(
      `damaged-${this.options.what}`,
      `${file} is not what was written`,
      this.options.cure,
    );
  }
}
