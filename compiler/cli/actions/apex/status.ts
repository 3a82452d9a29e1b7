// lethe apex status: what the books, or a client's state, say.
import { fail } from '../../../diagnostics/diagnostic.ts';
import {
  openProvider,
  openState,
  planDigest,
  providerStatus,
  registrationDigest,
} from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import type { StatusCommand } from '../../commands/apex/status.ts';

async function ofProvider(folder: string): Promise<Outcome> {
  const { plan, books } = await openProvider(folder);
  const open = await books();
  try {
    const { perClient, ...status } = await providerStatus(plan, open);
    const clients = perClient.map((each) => ({ ...each, current: each.current ?? null }));
    const windows = await open.windows();
    const verdicts = await open.verdicts();
    const lines = [
      `plan ${planDigest(plan).slice(0, 16)}…, epoch ${status.epoch}, ${status.masked} weights masked`,
      ...clients.map(
        ({ client, epoch, answered, current, dead, uncompensated }) =>
          `client ${client}: registered in epoch ${epoch}, ${answered} windows answered${current ? `, the last of epoch ${current.epoch}` : ''}${dead > 0 ? `; ${dead} weights are dead for it, ${uncompensated} of them not compensated for` : ''}`,
      ),
      ...windows.map(({ digest, epoch }) => `window ${digest.slice(0, 16)}…: up to epoch ${epoch}`),
      ...verdicts.map(
        ({ number, accepted, reason, windowDigest }) =>
          `verdict ${number}: window ${windowDigest.slice(0, 16)}… ${accepted ? 'accepted' : `refused (${reason?.code}): ${reason?.text}`}`,
      ),
    ];
    return {
      exit: 0,
      json: {
        ok: true,
        ...status,
        clients,
        windows: windows.map(({ digest, epoch }) => ({ digest, epoch })),
        verdicts,
      },
      text: `${lines.join('\n')}\n`,
    };
  } finally {
    await open.close();
  }
}

async function ofClient(folder: string): Promise<Outcome> {
  const { plan, registration, receipt, answers } = await openState(folder);
  const lines = [
    `client ${registration.client}, plan ${planDigest(plan).slice(0, 16)}…, λ ${registration.damping.toPrecision(3)}`,
    receipt
      ? `registered in epoch ${receipt.epoch}`
      : 'no receipt yet: give the one of `lethe apex enroll` to `lethe apex unlearn`',
    `${answers.length} windows answered`,
    ...answers.map(({ window, epoch }) => `window ${window.slice(0, 16)}… of epoch ${epoch}`),
  ];
  return {
    exit: 0,
    json: {
      ok: true,
      client: registration.client,
      registration: registrationDigest(registration),
      epoch: receipt?.epoch ?? null,
      answers: answers.map(({ window, epoch, root }) => ({ window, epoch, root: `${root}` })),
    },
    text: `${lines.join('\n')}\n`,
  };
}

export async function status(options: StatusCommand): Promise<Outcome> {
  if (options.provider !== undefined) return ofProvider(options.provider);
  if (options.state !== undefined) return ofClient(options.state);
  return fail('usage', 'name --provider or --state');
}
