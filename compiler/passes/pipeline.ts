// What happens to every program before it is lowered, top to bottom. The result of each pass is verified.
import type { Program } from '../ir/program.ts';
import { verify } from '../program/verify.ts';
import { dropDead } from './drop-dead.ts';
import { fuseResiduals } from './fuse-residuals.ts';
import type { PassName } from './names.ts';
import { packLanes } from './pack-lanes.ts';
import { shareCommon } from './share-common.ts';

export interface Pass {
  readonly name: PassName;
  readonly run: (program: Program) => Program;
}

export const pipeline: readonly Pass[] = [
  // First: the copies that it replaces are dead, and every later pass sees one value where the author wrote two.
  { name: 'share-common', run: shareCommon },
  // Before fuse-residuals, which leaves a sum alone that has another use: a dead use must not count.
  { name: 'drop-dead', run: dropDead },
  // Before pack-lanes: it moves lines out of sums, and so changes the intervals that the width of a lane depends on.
  { name: 'fuse-residuals', run: fuseResiduals },
  // Last: its lanes are right for the intervals of the lines as they stand, and no pass may change those afterwards.
  { name: 'pack-lanes', run: packLanes },
];

/** All passes, or those up to and with `last`. Throws a LetheError that names the pass after which the program is no longer one. */
export function runPasses(program: Program, last?: PassName): Program {
  const end = last === undefined ? undefined : pipeline.findIndex(({ name }) => name === last) + 1;
  return pipeline
    .slice(0, end)
    .reduce((current, pass) => verify(pass.run(current), pass.name), verify(program, 'building'));
}
