// lethe apex: verifiable personalized unlearning, for a whole model.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { enrollCommand } from './enroll.ts';
import { exportCommand } from './export.ts';
import { maskCommand } from './mask.ts';
import { planCommand } from './plan.ts';
import { registerCommand } from './register.ts';
import { sampleCommand } from './sample.ts';
import { withJson } from './shared.ts';
import { statusCommand } from './status.ts';
import { unlearnCommand } from './unlearn.ts';
import { verifyBundleCommand } from './verify.ts';
import { windowCommand } from './window.ts';

const inOrder = [
  planCommand,
  registerCommand,
  enrollCommand,
  maskCommand,
  windowCommand,
  unlearnCommand,
  verifyBundleCommand,
  exportCommand,
  statusCommand,
  sampleCommand,
];

export function apexCommand(run: Run): Command {
  const apex = new Command('apex')
    .summary('verifiable personalized unlearning (ZK-APEX)')
    .description(
      'Verifiable personalized unlearning: a provider asks its clients to forget, each client updates its private model in closed form, and proves that it did exactly that.',
    )
    .addHelpText(
      'after',
      `
The provider's machine, and a client's, exchange five files:
  provider  lethe apex plan      θ_0                       → plan.json
  client    lethe apex register  plan, θ_p, gradients      → registration.json
  provider  lethe apex enroll    registration.json         → registration.receipt.json
  provider  lethe apex mask      θ_0, forget statistics    → mask.json, kept
  provider  lethe apex window    mask.json                 → window.json
  client    lethe apex unlearn   window.json, the receipt  → bundle
  provider  lethe apex verify    bundle                    → accepted, or the reason
  client    lethe apex export    θ_u as safetensors

Order      A client registers before the window is issued: a curvature that is chosen with the mask in sight proves nothing.
Receipt    It says in which epoch a client was entered, and so which weights it has to prove: those that are masked from then on.
           The first unlearn takes it, and the state keeps it.
Windows    Each holds all masks so far: a client answers the newest one alone. It proves the blocks in which something is new; the
           others keep the commitment of the bundle that the provider accepted last. unlearn --anew proves all of them.
Newcomers  A newcomer registers with the newest window (--window): what it masks is 0 for the newcomer from the start, and no part
           of its proofs.
Plans      Another plan over the same model follows the one before (plan --after): what was masked stays 0.
Keep       the provider's folder and the client's state, both whole. They hold secrets; the five files hold none.`,
    );
  // A model has millions of commitments.
  const hashing: Run = (action) =>
    run(async () => {
      const { useNativePoseidon } = await import('../../../targets/kimchi/native-poseidon.ts');
      useNativePoseidon();
      return action();
    });
  for (const make of inOrder) apex.addCommand(withJson(make(hashing)));
  return apex;
}
