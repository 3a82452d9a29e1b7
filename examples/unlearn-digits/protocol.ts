/**
 * The protocol from the plan to the exported model: each step one command, the provider's and the client's on their own
 * folders, with plan, registration, window and bundle between them.
 */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lethe, type Ran } from './command.ts';
import {
  clientGradients,
  forgetStatistics,
  globalModel,
  personalModel,
  type Folders,
} from './files.ts';

/** Shows what is done, and by whom. */
export type Tell = (message: string) => void;

/** What the commands print of what is shown here. */
export interface Planned {
  readonly weights: number;
  readonly blocks: number;
}

export interface Masked {
  readonly masked: number;
}

export interface Unlearned {
  readonly weights: number;
  /** Masked weights that count for the client, and the Fisher blocks that hold one. */
  readonly live: number;
  readonly blocks: number;
  readonly tiles: number;
  /** How many circuits the tiles have. */
  readonly circuits: number;
  /** In all tiles. */
  readonly rows: number;
  readonly rowsPerWeight: number;
  readonly jobs: number;
  /** Of the bundle. */
  readonly bytes: number;
  readonly bytesPerWeight: number;
  /** Bytes of one prover. */
  readonly peakMemory: number;
  readonly epsilon: Readonly<Record<'block' | 'model', number>>;
}

export interface Verified {
  readonly accepted: boolean;
  readonly reason?: { readonly code: string; readonly text: string };
  readonly seconds: number;
  readonly tiles: number;
}

export interface Registered {
  readonly lambda: number;
}

/** From the plan to the window. */
export interface Agreed {
  readonly plan: Ran<Planned>;
  readonly register: Ran<Registered>;
  readonly mask: Ran<Masked>;
}

/** From the window to the exported model. */
export interface CarriedOut {
  readonly unlearn: Ran<Unlearned>;
  readonly verify: Ran<Verified>;
  /** The same bundle once more. */
  readonly replay: Ran<Verified>;
}

/** Files of the two parties, by role. */
export const places = ({ provider, client, mail }: Folders) => ({
  apex: join(provider, 'apex'),
  mask: join(provider, 'mask.json'),
  secret: join(client, 'secret'),
  unlearned: join(client, 'unlearned.safetensors'),
  plan: join(mail, 'plan.json'),
  registration: join(mail, 'registration.json'),
  receipt: join(mail, 'receipt.json'),
  window: join(mail, 'window.json'),
  bundle: join(mail, 'bundle.apex'),
});

/** Plan, registration, mask and window; `budget` is the fraction of the weights in scope that is masked. */
export async function agree(folders: Folders, budget: number, tell: Tell): Promise<Agreed> {
  const at = places(folders);
  const provider = ['--provider', at.apex];
  const global = ['--model', globalModel(folders)];
  const personal = ['--model', personalModel(folders)];
  const gradients = ['--gradients', clientGradients(folders)];
  const statistics = ['--statistics', forgetStatistics(folders)];

  tell('provider: lethe apex plan');
  const plan = await apex<Planned>('plan', ...global, '--matrices', 'both', '--out', at.apex);
  await copyFile(join(at.apex, 'plan.json'), at.plan);

  tell('client: lethe apex register');
  const own = ['--client', 'alice', '--state', at.secret, '--out', at.registration];
  const register = await apex<Registered>(
    'register',
    ...['--plan', at.plan, ...personal, ...gradients, ...own],
  );

  tell('provider: lethe apex enroll, mask, window');
  await apex('enroll', at.registration, ...provider, '--out', at.receipt);
  const mask = await apex<Masked>(
    'mask',
    ...[...provider, ...global, ...statistics, '--budget', `${budget}`, '--out', at.mask],
  );
  await apex('window', at.mask, ...provider, '--out', at.window);
  return { plan, register, mask };
}

/**
 * Unlearning, its proof, two verifications and the exported model. `proving` are more options of `lethe apex unlearn`.
 * Throws unless the first verification accepts the bundle and the second refuses it.
 */
export async function carryOut(
  folders: Folders,
  tell: Tell,
  proving: readonly string[] = [],
): Promise<CarriedOut> {
  const at = places(folders);
  const provider = ['--provider', at.apex];
  const state = ['--state', at.secret];

  tell('client: lethe apex unlearn');
  const files = ['--receipt', at.receipt, '--out', at.bundle];
  const unlearn = await apex<Unlearned>('unlearn', at.window, ...state, ...files, ...proving);

  tell('provider: lethe apex verify, twice');
  const verify = await apex<Verified>('verify', at.bundle, ...provider);
  const replay = await lethe<Verified>(['apex', 'verify', at.bundle, ...provider], 1);

  tell('client: lethe apex export');
  await apex('export', ...state, '--model', personalModel(folders), '--out', at.unlearned);
  return { unlearn, verify, replay };
}

const apex = <T>(...args: string[]): Promise<Ran<T>> => lethe<T>(['apex', ...args]);
