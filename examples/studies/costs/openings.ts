// The hashing of a verifier for a mask: the root out of a bundle's openings, where the provider keeps no leaves; and the root over the
// commitments of all blocks.
import { useNativePoseidon } from '../../../compiler/targets/kimchi/native-poseidon.ts';
import { Elements } from '../../../stdlib/apex/commitments/elements.ts';
import { buildTree, rootOf, siblingCount } from '../../../stdlib/apex/commitments/tree.ts';
import type { Keeps } from '../../../stdlib/apex/index.ts';
import type { Coverage } from './masks.ts';

/** Core seconds for the whole mask. */
export type OpeningSeconds = Readonly<Record<Keeps, number>>;

export async function openingSeconds({
  weights,
  positions,
  touched,
}: Coverage): Promise<OpeningSeconds> {
  await useNativePoseidon();
  const leaves = Array.from(positions, BigInt);
  const siblings = new Array<bigint>(await siblingCount(weights, positions)).fill(1n);
  const opened = await timed(() => rootOf(weights, positions, leaves, siblings));
  const answered = await timed(() => buildTree(Elements.of(touched.length)));
  return { root: opened + answered, leaves: answered };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const used = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1e6;
}
