// The trees of the clients' current commitments, where the plan says that the provider keeps them. One file each, named by its
// root: all levels, leaves first, then the SHA-256 of that. A tree is written before the books name its root, and removed after
// they have named another one.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite } from '../../../compiler/files/index.ts';
import type { Books } from '../books/index.ts';
import { Elements } from '../commitments/elements.ts';
import { treeOf, treeWidths, type Tree } from '../commitments/tree.ts';

export interface TreeStore {
  /**
   * The tree of so many leaves with that root.
   * @throws LetheError `no-tree`, `damaged-tree`.
   */
  read(root: bigint, leaves: number): Promise<Tree>;
  /** Throws FileError `cannot-write`. */
  write(tree: Tree): Promise<void>;
  /** Removes all others. */
  keepOnly(roots: readonly bigint[]): Promise<void>;
}

const digestLength = 32;
const cure =
  'ask the client for the newest leaves-N.bin of its state, and run `lethe apex enroll` with --leaves';

export function treesIn(folder: string): TreeStore {
  const fileOf = (root: bigint): string => `${root}.tree`;
  return {
    async read(root, leaves) {
      const file = join(folder, fileOf(root));
      const bytes = await readFile(file).catch((cause: unknown) => {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
        return fail('no-tree', `the tree of a client's commitments is missing: ${file}`, cure);
      });
      const content = bytes.subarray(0, -digestLength);
      const widths = treeWidths(leaves);
      const length = widths.reduce((sum, width) => sum + Elements.of(width).bytes.length, 0);
      if (content.length !== length || !digestOf([content]).equals(bytes.subarray(-digestLength)))
        fail('damaged-tree', `${file} is not what was written`, cure);
      let at = 0;
      const levels = widths.map((width) => {
        const level = Elements.of(width);
        level.bytes.set(content.subarray(at, (at += level.bytes.length)));
        return level;
      });
      return treeOf(levels);
    },
    async write({ levels, root }) {
      await mkdir(folder, { recursive: true });
      const parts = levels.map(({ bytes }) => bytes);
      await atomicWrite(join(folder, fileOf(root)), [...parts, digestOf(parts)]);
    },
    async keepOnly(roots) {
      const kept = new Set(roots.map(fileOf));
      for (const file of await readdir(folder).catch(() => []))
        if (!kept.has(file)) await rm(join(folder, file), { force: true });
    },
  };
}

/** What the clients are committed to now. */
export const currentRoots = async (books: Books): Promise<bigint[]> =>
  (await books.currentRoots()).map(BigInt);

function digestOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
