// What a verifier hashes for a mask: the roots before and after out of a bundle's openings, or the root after in a tree that it keeps.
import { useNativePoseidon } from '../../../compiler/targets/kimchi/native-poseidon.ts';
import { Elements } from '../../../stdlib/apex/commitments/elements.ts';
import {
  replaceLeaves,
  rootOf,
  siblingCount,
  treeOf,
  treeWidths,
} from '../../../stdlib/apex/commitments/tree.ts';
import type { Keeps } from '../../../stdlib/apex/index.ts';
import type { Coverage } from './masks.ts';

/** Core seconds for the whole mask. */
export type OpeningSeconds = Readonly<Record<Keeps, number>>;

export async function openingSeconds({ blocks, touched }: Coverage): Promise<OpeningSeconds> {
  await useNativePoseidon();
  const numbers = touched.map(({ number }) => number);
  const leaves = numbers.map(BigInt);
  const siblings = new Array<bigint>(await siblingCount(blocks, numbers)).fill(1n);
  const root = await timed(async () => {
    await rootOf(blocks, numbers, leaves, siblings);
    await rootOf(blocks, numbers, leaves, siblings);
  });
  // Costs do not depend on what the tree holds.
  const zeros = treeOf(treeWidths(blocks).map((width) => Elements.of(width)));
  const tree = await timed(async () => {
    await replaceLeaves(zeros, numbers, leaves);
  });
  return { root, tree };
}

async function timed(action: () => Promise<void>): Promise<number> {
  const used = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1e6;
}
