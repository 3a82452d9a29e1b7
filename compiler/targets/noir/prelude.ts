// The Noir that every package begins with: range checks, and what the ops share. The same text in each, so that it is
// read once.
import { comparisons, digits } from './prelude/comparisons.ts';
import { division } from './prelude/division.ts';
import { pieces } from './prelude/pieces.ts';
import { ranges, rounding } from './prelude/ranges.ts';
import { ranking } from './prelude/ranking.ts';
import { roots } from './prelude/roots.ts';

export const prelude = [
  "// What Lethe's circuits need of Noir. A Field stands for an integer; -x is p - x.\n",
  ranges,
  rounding,
  comparisons,
  digits,
  ranking,
  division,
  roots,
  pieces,
].join('\n');

/** The names that it exports. */
export const preludeNames = [...prelude.matchAll(/^pub fn (\w+)/gm)].map(([, name]) => name!);
