// A large file that is read here and there, mostly forwards: what is read last is held with what follows it.
import type { FileHandle } from 'node:fs/promises';
import { FileError } from './errors.ts';
import { openRegular } from './read-file.ts';

export interface PagedFileOptions {
  /** Bytes that are read at once, at least. */
  readonly page: number;
  /** The cure where the file cannot be read, or ends too early. */
  readonly hint: string;
}

interface Page {
  readonly first: number;
  readonly bytes: Uint8Array;
}

export class PagedFile {
  #held: Page = { first: 0, bytes: new Uint8Array(0) };

  private constructor(
    readonly file: string,
    /** Bytes. */
    readonly length: number,
    private readonly handle: FileHandle,
    private readonly options: PagedFileOptions,
  ) {}

  /** Throws FileError `cannot-read`. */
  static async open(file: string, options: PagedFileOptions): Promise<PagedFile> {
    const { handle, size } = await openRegular(file, options.hint);
    return new PagedFile(file, size, handle, options);
  }

  /** A copy of `length` bytes from byte `at` on. Throws FileError `truncated`. */
  async read(at: number, length: number): Promise<Uint8Array> {
    if (at + length > this.length) this.#refuse(at + length);
    let page = this.#held;
    if (at < page.first || at + length > page.first + page.bytes.length)
      page = await this.#load(at, Math.min(Math.max(length, this.options.page), this.length - at));
    return page.bytes.slice(at - page.first, at - page.first + length);
  }

  close = (): Promise<void> => this.handle.close();

  async #load(first: number, length: number): Promise<Page> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await this.handle.read(bytes, done, length - done, first + done);
      if (bytesRead === 0) this.#refuse(first + length);
      done += bytesRead;
    }
    return (this.#held = { first, bytes });
  }

  #refuse(end: number): never {
    const problem = `ends at byte ${this.length}, ${end} bytes are expected`;
    const { file } = this;
    throw new FileError({ code: 'truncated', file, problem, hint: this.options.hint });
  }
}
