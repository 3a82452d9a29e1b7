// Which blocks a link opens: a uniform sample without repetition, drawn by the provider's signed challenge. The nonce in it was drawn
// after both registrations stood in the books.
//   stream = SHA-256("lethe-apex-sample" | digest of the challenge | 0), SHA-256(… | 1), …; 32-bit numbers, big-endian
//   for j = blocks − count … blocks − 1: t uniform in 0 … j; take t, or j where t is taken    (Floyd's algorithm)
// Floyd's algorithm: Bentley and Floyd, A sample of brilliance, CACM 30 (9), 1987.
import { createHash } from 'node:crypto';
import { challengeDigest, type Challenge } from '../documents/challenge.ts';
import type { Plan } from '../documents/plan.ts';
import { blockCount } from '../model/index.ts';

/** How many blocks a link opens: min(link, blocks) of all blocks of the scope. */
export function sampleSize({ scope, link }: Plan): number {
  const blocks = blockCount(scope);
  return link === 'all' ? blocks : Math.min(link, blocks);
}

/** Numbers of the blocks that the link of a challenge opens, ascending. */
export function sampledBlocks(plan: Plan, challenge: Challenge): number[] {
  const [count, of] = [sampleSize(plan), blockCount(plan.scope)];
  return plan.link === 'all'
    ? Array.from({ length: count }, (_, number) => number)
    : drawSample(challengeDigest(challenge), { count, of });
}

/** So many of the numbers 0 … of − 1, ascending; each set of them is as likely. @param digest 64 hexadecimal digits. */
export function drawSample(
  digest: string,
  { count, of }: { readonly count: number; readonly of: number },
): number[] {
  const next = uniform(digest);
  const taken = new Set<number>();
  for (let j = of - count; j < of; j++) {
    const drawn = next(j + 1);
    taken.add(taken.has(drawn) ? j : drawn);
  }
  return [...taken].sort((a, b) => a - b);
}

/** Numbers below a bound of at most 2^32, uniform: those of the stream that would favour some are left out. */
function uniform(digest: string): (bound: number) => number {
  const seed = Buffer.concat([Buffer.from('lethe-apex-sample'), Buffer.from(digest, 'hex')]);
  let [counter, at] = [0, 0];
  let bytes = Buffer.alloc(0);
  const word = (): number => {
    if (at === bytes.length) {
      const own = Buffer.alloc(4);
      own.writeUInt32BE(counter++);
      bytes = createHash('sha256').update(seed).update(own).digest();
      at = 0;
    }
    at += 4;
    return bytes.readUInt32BE(at - 4);
  };
  return (bound) => {
    const end = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const value = word();
      if (value < end) return value % bound;
    }
  };
}
