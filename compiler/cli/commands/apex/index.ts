// lethe apex: verifiable personalized unlearning, for a whole model.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { enrollCommand } from './enroll.ts';
import { eraseCommand } from './erase.ts';
import { exportCommand } from './export.ts';
import { linkCommand } from './link.ts';
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
  linkCommand,
  statusCommand,
  sampleCommand,
  eraseCommand,
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
A client that registers anew (register --replaces) gets a challenge from enroll, and proves that it goes on from where it was:
  client    lethe apex link      challenge.json            → link
  provider  lethe apex enroll    --proof link              → registration.receipt.json

Order      A client registers before the window is issued: a curvature that is chosen with the mask in sight proves nothing.
Receipt    It says in which epoch a client was entered, and so which weights it has to prove: those that are masked from then on.
           The first unlearn takes it, and the state keeps it.
Windows    Each holds all masks so far: a client answers the newest one alone. It proves the blocks in which something is new; the
           others keep the commitment of the bundle that the provider accepted last. unlearn --anew proves all of them.
Newcomers  A newcomer registers with the newest window (--window): what it masks is 0 for the newcomer from the start, and no part
           of its proofs.
Anew       A client replaces its registration with the consent of its former key, as the plan says (plan --reregister). Under
           linked the provider answers with a challenge; the new registration is current when its link is proved (link, enroll --proof). A client
           that has lost its key needs the provider's word: enroll --replace.
Plans      Another plan over the same model follows the one before (plan --after): what was masked stays 0.
Keys       register makes the client's key, or takes one (--key). It signs the registration and the bundles, and consents to the
           registration that replaces this one (register --replaces).
Keep       the provider's folder and the client's state, both whole. They hold secrets; the five files hold none.
           erase removes a client's state.`,
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
