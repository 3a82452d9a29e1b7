// The trees of the clients' current commitments, where the plan says that the provider keeps them. One file each, named by its
// root: all levels, leaves first, then the SHA-256 of that. A tree is written before the books name its root, and removed after
// they have named another one: a crash between leaves one too many, never one too few.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite } from '../../../compiler/files/index.ts';
import type { Books, Commitment } from '../books/index.ts';
import { Elements } from '../commitments/elements.ts';
import { treeOf, treeWidths, type Tree } from '../commitments/tree.ts';

export interface TreeStore {
  /**
   * The tree of a client's current commitment, of so many leaves.
   * @throws LetheError `no-tree`, `damaged-tree`.
   */
  read(commitment: CurrentCommitment, leaves: number): Promise<Tree>;
  /** Throws FileError `cannot-write`. */
  write(tree: Tree): Promise<void>;
  /** What cannot be removed stays. */
  remove(root: string): Promise<void>;
}

export type CurrentCommitment = Pick<Commitment, 'root' | 'sequence'>;

/** The file in a client's state that a tree can be made of again. */
export const leavesOf = ({ sequence }: Pick<Commitment, 'sequence'>): string =>
  `leaves-${sequence}.bin`;

const digestLength = 32;

export function treesIn(folder: string): TreeStore {
  const fileOf = (root: string): string => join(folder, `${root}.tree`);
  return {
    async read(commitment, leaves) {
      const file = fileOf(commitment.root);
      const cure = `ask the client for ${leavesOf(commitment)} of its state, and give it to \`lethe apex enroll\` with --leaves and the registration`;
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
      const tree = treeOf(levels);
      if (`${tree.root}` !== commitment.root)
        fail('damaged-tree', `${file} has another root`, cure);
      return tree;
    },
    async write({ levels, root }) {
      await mkdir(folder, { recursive: true });
      const parts = levels.map(({ bytes }) => bytes);
      await atomicWrite(fileOf(`${root}`), [...parts, digestOf(parts)]);
    },
    remove: (root) => rm(fileOf(root), { force: true }).catch(() => undefined),
  };
}

/** Removes those trees that no client is committed to now. */
export async function removeOld(
  trees: TreeStore,
  books: Books,
  roots: readonly string[],
): Promise<void> {
  const current = new Set(await books.currentRoots());
  for (const root of roots) if (!current.has(root)) await trees.remove(root);
}

function digestOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
