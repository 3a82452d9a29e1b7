// A tree on the disk: all levels in one file, leaves first, 32 bytes a node. It is written range by range (hashing/), and its nodes
// are read here and there.
import { FileError, PagedFile } from '../../../compiler/files/index.ts';
import { decodeElement, elementLength } from './elements.ts';
import { emptyRoot, treeDepth, treeWidths, type NodeReader } from './tree.ts';

/** The byte at which each level begins, leaves first, and the end. */
export function levelOffsets(leaves: number): number[] {
  let at = 0;
  return [0, ...treeWidths(leaves).map((width) => (at += width * elementLength))];
}

/** Some 4 kB: siblings of one level lie near each other. */
const page = 128 * elementLength;

export class TreeFile implements NodeReader {
  readonly #offsets: readonly number[];
  readonly #widths: readonly number[];

  private constructor(
    readonly leaves: number,
    private readonly file: PagedFile,
    private readonly hint: string,
  ) {
    this.#offsets = levelOffsets(leaves);
    this.#widths = treeWidths(leaves);
  }

  /**
   * @param hint the cure where the file is missing or damaged.
   * @throws FileError `cannot-read`, or `changed` where it is no tree of so many leaves.
   */
  static async open(path: string, leaves: number, hint: string): Promise<TreeFile> {
    const file = await PagedFile.open(path, { page, hint });
    const tree = new TreeFile(leaves, file, hint);
    if (file.length === tree.#offsets.at(-1)) return tree;
    await file.close();
    return tree.#refuse(`is no tree of ${leaves} leaves: it has ${file.length} bytes`);
  }

  async node(height: number, index: number): Promise<bigint> {
    if (index >= this.#widths[height]!) return emptyRoot(height);
    const at = this.#offsets[height]! + index * elementLength;
    const value = decodeElement(await this.file.read(at, elementLength));
    return value ?? this.#refuse(`node ${index} at height ${height} is no field element`);
  }

  root = (): Promise<bigint> => this.node(treeDepth(this.leaves), 0);

  /** All leaves, 32 bytes each, some at a time. */
  async *leafBytes(): AsyncGenerator<Uint8Array> {
    const [, end = 0] = this.#offsets;
    for (let at = 0; at < end; at += page) yield this.file.read(at, Math.min(page, end - at));
  }

  close = (): Promise<void> => this.file.close();

  #refuse(problem: string): never {
    throw new FileError({ code: 'changed', file: this.file.file, problem, hint: this.hint });
  }
}
