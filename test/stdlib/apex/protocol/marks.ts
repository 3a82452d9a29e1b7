// Proofs that are marks: in place of proving a statement its hash is written down. A mark is right for one statement alone, as a proof
// is, and whoever checks the statement that it derives finds a mark of another one.
import { createHash } from 'node:crypto';
import type { Statement } from '../../../../compiler/prover/statement.ts';
import { contextOf, tileStatement } from '../../../../stdlib/apex/circuit/statement.ts';
import type { ProofChecker } from '../../../../stdlib/apex/provider/check-proofs.ts';
import { refuse } from '../../../../stdlib/apex/provider/refused.ts';
import { proofOfNothing } from '../bundles.ts';

/** Bytes that are decoded as a proof; the last number of it is the mark. */
export function markOf(statement: Statement): Uint8Array {
  const text = [...statement].map(([name, values]) => `${name}: ${values.join()}`).sort();
  const hash = createHash('sha256').update(text.join('\n')).digest().subarray(0, 31);
  return Buffer.concat([proofOfNothing.subarray(0, -32), hash, Buffer.alloc(1)]);
}

export const falseMark: Uint8Array = markOf(new Map([['nothing', [0n]]]));

/** The next mark must be that of the statement. Refuses `bad-proof`. */
export async function checkMark(
  proofs: AsyncIterator<Uint8Array>,
  statement: Statement,
): Promise<void> {
  const next = await proofs.next();
  if (next.done) refuse('bad-proof', 'a tile has no mark');
  const mark = next.value as Uint8Array;
  if (!Buffer.from(markOf(statement)).equals(mark)) refuse('bad-proof', 'another mark');
}

/** Takes marks for proofs. */
export const checkMarks: ProofChecker = async ({ subject, sets, proved, proofs }) => {
  for (const { first, tiles } of sets)
    for (const [i, places] of tiles.entries()) {
      const blocks = places.map((place) => proved[place]!);
      await checkMark(proofs, tileStatement(contextOf(subject, first + i), blocks));
    }
};
