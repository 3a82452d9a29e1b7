// lethe apex verify: accepted, or the reason.
import { openProvider, verifyBundle, weightCount } from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import { progressReport } from './progress-report.ts';
import type { VerifyCommand } from '../../commands/apex/verify.ts';

export async function verify(file: string, { provider, jobs }: VerifyCommand): Promise<Outcome> {
  const { plan, withBooks, keys, leaves, commitments } = await openProvider(provider);
  const start = performance.now();
  const { accepted, reason, warnings, tiles } = await verifyBundle({
    ...{ plan, withBooks, keys, leaves, commitments, file },
    ...(jobs === undefined ? {} : { jobs }),
    report: progressReport(),
  });
  const seconds = (performance.now() - start) / 1000;
  const warned = warnings.map((warning) => `warning: ${warning}\n`).join('');
  return {
    exit: accepted ? 0 : 1,
    json: {
      ok: accepted,
      accepted,
      ...(reason ? { reason } : {}),
      warnings,
      tiles,
      seconds,
      weights: weightCount(plan.scope),
    },
    text: accepted
      ? `${warned}accepted: ${tiles} proofs, ${seconds.toFixed(1)} s\n`
      : `${warned}refused (${reason!.code}): ${reason!.text}\n`,
  };
}
