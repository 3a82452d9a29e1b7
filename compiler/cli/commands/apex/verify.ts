// lethe apex verify: accepted, or the reason.
import { Command } from 'commander';
import { openProvider, verifyBundle, weightCount } from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import { progressReport, wholeNumber, withProvider, type Common, type Run } from './shared.ts';

interface VerifyCommand extends Common {
  readonly provider: string;
  readonly jobs?: number;
}

export function verifyBundleCommand(run: Run): Command {
  return withProvider(new Command('verify'))
    .argument('<bundle>', 'the file of `lethe apex unlearn`')
    .option('--jobs <processes>', 'that verify at once', wholeNumber(1, 256))
    .summary('provider: accept a bundle, or refuse it with the reason')
    .description(
      "Checks a bundle against the books: its window and registration, that its commitments open the registered root, that no block outside the mask has changed, and every proof. The verdict is entered; an accepted one moves the client to its new commitment. The verification key is made once and kept in the provider's folder. Exit 0 only if it is accepted.",
    )
    .addHelpText('after', '\nExample:\n  lethe apex verify bundle.apex --provider provider')
    .action((file: string, options: VerifyCommand) => run(() => verify(file, options)));
}

async function verify(file: string, { provider, jobs }: VerifyCommand): Promise<Outcome> {
  const { plan, books, keys, trees } = await openProvider(provider);
  const open = await books();
  const start = performance.now();
  try {
    const { accepted, reason, warnings, tiles } = await verifyBundle({
      plan,
      books: open,
      keys,
      trees,
      file,
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
  } finally {
    await open.close();
  }
}
