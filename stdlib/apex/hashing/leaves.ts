// The leaves of a range: made of what a client holds, or read from a file of leaves.
import { readFile } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { PagedFile } from '../../../compiler/files/index.ts';
import { paced } from '../../../compiler/numbers/poseidon-fast.ts';
import { columnLeaf, columnWords } from '../commitments/column.ts';
import { elementLength, Elements } from '../commitments/elements.ts';
import { LeafSalts } from '../commitments/salts.ts';
import { blockNumbering } from '../model/index.ts';
import type { HeldBlock } from '../step/block.ts';
import { columnLengths, columnOffsets } from '../step/classes.ts';
import { HeldBlocks, heldFile, type HeldFiles } from './held-files.ts';
import type { LeafRange } from './ranges.ts';

export type LeafSource =
  | { readonly kind: 'held'; readonly held: HeldFiles }
  /** 32 bytes each, in the order of positions. */
  | { readonly kind: 'file'; readonly file: string };

/** Throws FileError `cannot-read`, `truncated`; LetheError `bad-document` for what are no field elements. */
export const leavesOf = (source: LeafSource, range: LeafRange): Promise<Elements> =>
  source.kind === 'held' ? heldLeaves(source.held, range) : storedLeaves(source.file, range);

async function heldLeaves(held: HeldFiles, { first, count }: LeafRange): Promise<Elements> {
  const { folder, scope, step } = held;
  const salts = new LeafSalts(await readFile(heldFile(folder, 'seed'))).run(first, count);
  const [lengths, offsets] = [columnLengths(step.size), columnOffsets(step.size)];
  const numbering = blockNumbering(scope);
  // Opened anew: a page that was read before may have been written since.
  const blocks = await HeldBlocks.open(held);
  const leaves = Elements.of(count);
  let number = -1;
  let block: HeldBlock;
  try {
    await paced(count, async (i) => {
      const place = numbering.of(first + i);
      if (place.number !== number) block = await blocks.block((number = place.number));
      const { entry } = place;
      const length = lengths[entry]!;
      const column = block.root.subarray(offsets[entry], offsets[entry + 1]);
      const own = salts.of(first + i, columnWords(length));
      leaves.set(i, columnLeaf(step, length, block.weights[entry]!, column, own));
    });
  } finally {
    await blocks.close();
  }
  return leaves;
}

async function storedLeaves(file: string, { first, count }: LeafRange): Promise<Elements> {
  const hint = 'ask the client for the file of its leaves again';
  const page = count * elementLength;
  const opened = await PagedFile.open(file, { page, hint });
  try {
    const leaves = new Elements(await opened.read(first * elementLength, page));
    if (!leaves.areCanonical()) fail('bad-document', `${file} holds no commitments`, hint);
    return leaves;
  } finally {
    await opened.close();
  }
}
