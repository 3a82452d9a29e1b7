// Works on a job until it is killed: argument 1 is its folder. Says each tile that is finished.
import { openJob } from '../../../compiler/prover/job.ts';
import { manifest, contentOf } from './job-content.ts';

const job = await openJob(process.argv[2]!, manifest);
for (const tile of job.missing()) {
  await job.write(tile, contentOf(tile));
  process.send!(tile);
}
