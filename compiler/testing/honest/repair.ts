// Changes inputs until they meet more assertions. It repairs all failing assertions at once, or one at a time by the change that leaves
// the least merit. Where no change is better, it takes a worse one now and then.
import type { Trial } from './landscape.ts';
import { proposals, type Search } from './proposals.ts';
import { sweep } from './sweep.ts';

/** Steps without a new best. */
const patience = 25;

/** The best of the trials on the way: its merit is 0 where honest inputs were found. */
export function repair(search: Search, start: Trial): Trial {
  const { random, isOver } = search;
  let [trial, best] = [start, start];
  for (let idle = 0; best.merit > 0 && idle < patience && !isOver(); idle++) {
    trial = step(search, trial);
    if (trial.merit >= best.merit) continue;
    best = trial;
    idle = 0;
  }
  return best;

  function step(from: Search, now: Trial): Trial {
    const misses = now.misses.flat();
    const swept = misses.length > 1 ? sweep(from, now) : now;
    if (swept.merit < now.merit) return swept;
    const { best: better, met } = proposals(from, now, random.pick(misses));
    if (better && better.merit < now.merit) return better;
    return met && random.chance(0.5) ? met : now;
  }
}
