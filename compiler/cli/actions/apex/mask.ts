// lethe apex mask: which weights a request to forget deletes.
import {
  chooseMask,
  maskDocument,
  openForgetStatistics,
  openModel,
  openProvider,
  maskPositions,
  writeDocument,
  blockCount,
  blockNumbering,
} from '../../../../stdlib/apex/index.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import { progressReport } from './progress-report.ts';
import type { Outcome } from '../../exit.ts';
import type { MaskCommand } from '../../commands/apex/mask.ts';

export async function mask(options: MaskCommand): Promise<Outcome> {
  const { budget, score, fisherDamping: damping, out } = options;
  await checkWritable(out);
  const { plan } = await openProvider(options.provider);
  const model = await openModel(options.model);
  const statistics = await openForgetStatistics(options.statistics, plan.scope);
  const report = progressReport();
  const mask = await chooseMask({ plan, model, statistics, score, budget, damping, report });
  await writeDocument(out, maskDocument(mask));
  const numbering = blockNumbering(plan.scope);
  const numbers = new Set<number>();
  for (const position of maskPositions(plan.scope, mask))
    numbers.add(numbering.of(position).number);
  const touched = numbers.size;
  const blocks = blockCount(plan.scope);
  return {
    exit: 0,
    json: { ok: true, masked: mask.masked, touched, blocks, out },
    text: `${mask.masked} weights masked, in ${touched} of ${blocks} blocks: ${out}\nissue it with \`lethe apex window ${out}\` when it is to be forgotten\n`,
  };
}
