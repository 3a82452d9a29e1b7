// lethe apex status: what the books, or a client's state, say.
import { fail } from '../../../diagnostics/diagnostic.ts';
import {
  formerFolder,
  openProvider,
  openState,
  planDigest,
  providerStatus,
  readText,
  registrationDigest,
  saveReceipt,
  type EnteredBy,
  type PendingStatus,
} from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import { tellErased } from './tell-erased.ts';
import type { StatusCommand } from '../../commands/apex/status.ts';

const waysIn: Readonly<Record<EnteredBy, string>> = {
  first: '',
  consent: " with its former key's consent",
  link: ' by a link',
  replace: " by the provider's word",
};

const pendingText = ({ registration, epoch, challenge }: PendingStatus): string =>
  `\n  pending: registration ${registration.slice(0, 16)}… of epoch ${epoch} waits for its link; ${challenge === null ? 'its nonce is not drawn yet: enroll it again' : `challenge ${challenge.slice(0, 16)}…`}`;

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
        ({ client, epoch, entered, answered, current, dead, uncompensated, pending }) =>
          `client ${client}: registered in epoch ${epoch}${waysIn[entered]}, ${answered} windows answered${current ? `, the last of epoch ${current.epoch}` : ''}${dead > 0 ? `; ${dead} weights are dead for it, ${uncompensated} of them not compensated for` : ''}${pending ? pendingText(pending) : ''}`,
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

async function ofClient(folder: string, file: string | undefined): Promise<Outcome> {
  if (file !== undefined)
    await tellErased(folder, async () =>
      saveReceipt(await openState(folder), await readText(file), file),
    );
  const state = await openState(folder);
  const former = await formerFolder(state);
  const { plan, registration, damping, receipt, answers } = state;
  const { client, signer, replaces } = registration;
  const lines = [
    `client ${client}, plan ${planDigest(plan).slice(0, 16)}…, λ ${damping.toPrecision(3)}`,
    `registration ${registrationDigest(registration).slice(0, 16)}…, signed by the key ${signer}`,
    ...(replaces === null
      ? []
      : [
          `replaces registration ${replaces.slice(0, 16)}…${former === undefined ? '' : `; its state in ${former} is erased when the receipt is kept`}`,
        ]),
    receipt
      ? `registered in epoch ${receipt.epoch}`
      : 'no receipt yet: give the one of `lethe apex enroll` with --receipt',
    `${answers.length} windows answered`,
    ...answers.map(({ window, epoch }) => `window ${window.slice(0, 16)}… of epoch ${epoch}`),
  ];
  return {
    exit: 0,
    json: {
      ok: true,
      client,
      registration: registrationDigest(registration),
      lambda: damping,
      signer,
      replaces,
      former: former ?? null,
      epoch: receipt?.epoch ?? null,
      answers: answers.map(({ window, epoch, root }) => ({ window, epoch, root: `${root}` })),
    },
    text: `${lines.join('\n')}\n`,
  };
}

export async function status(options: StatusCommand): Promise<Outcome> {
  if (options.provider !== undefined) return ofProvider(options.provider);
  if (options.state !== undefined) return ofClient(options.state, options.receipt);
  return fail('usage', 'name --provider or --state');
}
