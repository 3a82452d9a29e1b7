// Registering: a client's personal weights and the curvature of its own data, in fixed point and committed to, before any
// mask is known. May be killed at any moment and begun again: leaves that are finished stay finished.
import { readFile } from 'node:fs/promises';
import { fail, isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { deadByBlock, noHistory } from '../documents/history.ts';
import { checkPlan, type Plan } from '../documents/plan.ts';
import { clientPattern } from '../documents/registration.ts';
import { publicKeyOf, readSigningKey } from '../documents/signature.ts';
import type { Window } from '../documents/window.ts';
import { defaultRangeHeight } from '../hashing/ranges.ts';
import { checkScope, hashUnscoped, type ExampleGradients, type Model } from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import { commitBlocks } from './commit-blocks.ts';
import { checkWeights, refusals } from './registered-blocks.ts';
import { forgetRegistering, openRegistering, whileLocked } from './registering.ts';
import { readInputs, type Damping } from './registration-inputs.ts';
import { keyFile } from './state-files.ts';
import { checkNoState, createState, type State } from './state.ts';

export interface RegisterOptions {
  readonly plan: Plan;
  /** How the provider calls the client. */
  readonly client: string;
  /** θ_p. */
  readonly model: Model;
  /** Gradients of the true-label loss of θ_p on the client's own data. */
  readonly gradients: ExampleGradients;
  readonly damping: Damping;
  /** The last window that the provider has issued: the positions that it masks are compensated for now. */
  readonly window?: Window;
  /** Where the secret state is written. */
  readonly folder: string;
  /** Hashing processes; as many as there are cores otherwise. */
  readonly jobs?: number;
  /** 2^rangeHeight leaves are hashed at a time, and finished. */
  readonly rangeHeight?: number;
  readonly report?: Report;
  readonly signal?: AbortSignal;
}

/**
 * Commits to the weights and the curvature, and writes the state.
 * @throws LetheError `state-exists`, `job-locked`, `other-registration`, `other-plan`, `bad-client`, `no-curvature`,
 *   `out-of-format` (names tensor, entry and value), `not-provable`, `worker-died`; or of reading and writing.
 */
export async function register(options: RegisterOptions): Promise<State> {
  const { plan, client, model, window, folder } = options;
  await checkNoState(folder);
  if (!clientPattern.test(client))
    fail(
      'bad-client',
      `"${client}" is no name of a client`,
      'letters, digits and ._@- , at most 100',
    );
  if (window) checkPlan(plan, window.plan, 'the window');
  checkScope(model, plan.scope);
  return whileLocked(folder, async () => {
    await checkNoState(folder);
    return registerIn(options);
  });
}

async function registerIn(options: RegisterOptions): Promise<State> {
  const { plan, model, window, folder, report = silent } = options;
  // Every position of the window died before the epoch in which this registration can be entered.
  const dead = deadByBlock(plan, window?.history ?? noHistory, (window?.epoch ?? 0) + 1);
  report({ phase: 'checking the weights', done: 0, total: 1 });
  await checkWeights(plan, model, dead);
  const inputs = await readInputs(options, report);
  const unscoped = await hashUnscoped(model, plan.scope);
  const { rangeHeight = defaultRangeHeight } = options;
  const job = await openRegistering(folder, { inputs, rangeHeight, scope: plan.scope });
  const root = await commitBlocks({ ...options, damping: inputs.damping, dead }, job).catch(
    async (error: unknown) => {
      // These inputs cannot be registered: others may be.
      if (isLetheError(error) && refusals.includes(error.diagnostics[0]!.code))
        await forgetRegistering(folder);
      throw error;
    },
  );
  const key = readSigningKey(await readFile(keyFile(folder), 'utf8'));
  const { client, damping } = inputs;
  const signer = publicKeyOf(key);
  report({ phase: 'writing the state', done: 0, total: 1 });
  const registration = {
    client,
    plan: inputs.plan,
    root,
    unscoped,
    damping,
    window: inputs.window,
    signer,
  };
  const state = await createState(folder, plan, registration, window);
  await forgetRegistering(folder);
  return state;
}
