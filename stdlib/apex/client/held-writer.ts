// Writes the arrays of a state while they come to be, at the places where held-files.ts reads them.
import { open, rm, type FileHandle } from 'node:fs/promises';
import { secret, writeParts } from '../../../compiler/files/index.ts';
import { levelOffsets } from '../commitments/tree-file.ts';
import {
  heldFile,
  rootBytes,
  rootPlaces,
  weightBytes,
  type HeldName,
  type RootPlaces,
} from '../hashing/held-files.ts';
import { weightCount, type Scope } from '../model/index.ts';
import type { HeldBlock } from '../step/index.ts';
import type { NumberedBlock } from './registered-blocks.ts';

/** Empty arrays of their whole length. */
export async function createArrays(folder: string, scope: Scope): Promise<void> {
  const count = weightCount(scope);
  const lengths: readonly (readonly [HeldName, number])[] = [
    ['weights', weightBytes * count],
    ['root', rootBytes * rootPlaces(scope).total],
    ['tree', levelOffsets(count).at(-1)!],
  ];
  for (const [name, length] of lengths) {
    const file = heldFile(folder, name);
    // Nothing is written through a link, or into a file that somebody else has made.
    await rm(file, { force: true });
    const handle = await open(file, 'wx', secret.mode);
    await handle.truncate(length).finally(() => handle.close());
  }
}

export class HeldWriter {
  readonly #places: RootPlaces;

  private constructor(
    private readonly folder: string,
    scope: Scope,
    private readonly weights: FileHandle,
    private readonly root: FileHandle,
  ) {
    this.#places = rootPlaces(scope);
  }

  static async open(folder: string, scope: Scope): Promise<HeldWriter> {
    const weights = await open(heldFile(folder, 'weights'), 'r+');
    return new HeldWriter(folder, scope, weights, await open(heldFile(folder, 'root'), 'r+'));
  }

  /** Consecutive blocks; they are on the disk when this returns. */
  async write(blocks: AsyncIterable<NumberedBlock>): Promise<void> {
    const parts: { weights: Uint8Array[]; root: Uint8Array[] } = { weights: [], root: [] };
    let first: NumberedBlock['block'] | undefined;
    for await (const { block, weights, root } of blocks) {
      first ??= block;
      parts.weights.push(bytesOf(weights));
      parts.root.push(bytesOf(root));
    }
    if (!first) return;
    const [weights, root] = [Buffer.concat(parts.weights), Buffer.concat(parts.root)];
    await writeParts(this.weights, heldFile(this.folder, 'weights'), [
      { bytes: weights, at: weightBytes * first.first },
    ]);
    await writeParts(this.root, heldFile(this.folder, 'root'), [
      { bytes: root, at: rootBytes * this.#places.of(first).at },
    ]);
  }

  async close(): Promise<void> {
    await this.weights.close();
    await this.root.close();
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: HeldBlock['weights' | 'root']): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
