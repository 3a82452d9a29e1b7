// The arrays of a client's state: weights.bin, the weights of all positions, 32 bits each; root.bin, the columns of R of all
// positions, entry after entry, 16 bits each. Little-endian. seed.bin, the seed of the leaves' salts; tree.bin (tree-file.ts).
import { join } from 'node:path';
import { PagedFile } from '../../../compiler/files/index.ts';
import { blockNumbering, matrixShape, type BlockNumbering, type Scope } from '../model/index.ts';
import type { Block } from '../reference/index.ts';
import type { HeldBlock } from '../step/block.ts';
import { columnOffsets } from '../step/classes.ts';
import type { StepSpec } from '../step/spec.ts';

export interface HeldFiles {
  readonly folder: string;
  readonly scope: Scope;
  readonly step: StepSpec;
}

export const heldNames = ['weights', 'root', 'tree', 'seed'] as const;
export type HeldName = (typeof heldNames)[number];

export const heldFile = (folder: string, name: HeldName): string => join(folder, `${name}.bin`);

/** The cure where one of them is missing or damaged. */
export const heldHint =
  'restore the folder of the state from a backup, or register again in a new folder';

/** Bytes of a weight, and of an entry of R. */
export const [weightBytes, rootBytes] = [4, 2];

/** Where the columns of a block begin in root.bin, in entries, and how many entries they have. */
export interface RootPlaces {
  /** How many entries the whole scope has. */
  readonly total: number;
  of(block: Block): { readonly at: number; readonly count: number };
}

export function rootPlaces({ tensors, blockSize }: Scope): RootPlaces {
  const offsets = columnOffsets(blockSize);
  const full = offsets[blockSize]!;
  let total = 0;
  const matrices = new Map(
    tensors.map((tensor) => {
      const [rows, width] = matrixShape(tensor);
      const first = total;
      const perRow = Math.floor(width / blockSize) * full + offsets[width % blockSize]!;
      total += rows * perRow;
      return [tensor.name, { first, width, perRow }];
    }),
  );
  return {
    total,
    of({ tensor, start, length }) {
      const { first, width, perRow } = matrices.get(tensor)!;
      const [row, column] = [Math.floor(start / width), start % width];
      return { at: first + row * perRow + (column / blockSize) * full, count: offsets[length]! };
    },
  };
}

/** Blocks are mostly read in ascending order. */
const page = 2 ** 18;

/** Reads blocks of a state. */
export class HeldBlocks {
  readonly #numbering: BlockNumbering;
  readonly #places: RootPlaces;

  private constructor(
    { scope }: HeldFiles,
    private readonly weights: PagedFile,
    private readonly root: PagedFile,
  ) {
    this.#numbering = blockNumbering(scope);
    this.#places = rootPlaces(scope);
  }

  /** Throws FileError `cannot-read`. */
  static async open(files: HeldFiles): Promise<HeldBlocks> {
    const open = (name: HeldName): Promise<PagedFile> =>
      PagedFile.open(heldFile(files.folder, name), { page, hint: heldHint });
    return new HeldBlocks(files, await open('weights'), await open('root'));
  }

  /** Throws a RangeError; FileError `truncated`. */
  async block(number: number): Promise<HeldBlock> {
    const block = this.#numbering.at(number);
    const { at, count } = this.#places.of(block);
    const [first, length] = [weightBytes * block.first, weightBytes * block.length];
    const weights = await this.weights.read(first, length);
    const root = await this.root.read(rootBytes * at, rootBytes * count);
    return { weights: new Int32Array(weights.buffer), root: new Int16Array(root.buffer) };
  }

  async close(): Promise<void> {
    await this.weights.close();
    await this.root.close();
  }
}
