// What happens to every program before it is lowered, top to bottom. The result of each pass is verified.
import type { Program } from '../ir/program.ts';
import { verify } from '../program/verify.ts';
import { dropDead } from './drop-dead.ts';
import { fuseResiduals } from './fuse-residuals.ts';
import { packLanes } from './pack-lanes.ts';
import { shareCommon } from './share-common.ts';

export interface Pass {
  readonly name: string;
  readonly run: (program: Program) => Program;
}

export const pipeline: readonly Pass[] = [
  { name: 'share-common', run: shareCommon },
  { name: 'drop-dead', run: dropDead },
  { name: 'fuse-residuals', run: fuseResiduals },
  { name: 'pack-lanes', run: packLanes },
];

/** Throws a LetheError that names the pass after which the program is no longer one. */
export function runPasses(program: Program): Program {
  return pipeline.reduce(
    (current, pass) => verify(pass.run(current), pass.name),
    verify(program, 'building'),
  );
}
