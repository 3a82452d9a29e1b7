// Registering: a client's personal weights and the curvature of its own data, in fixed point and committed to, before any
// mask is known. May be killed at any moment and begun again: leaves that are finished stay finished.
import { randomBytes, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fail, isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { deadByBlock, noHistory } from '../documents/history.ts';
import { checkPlan, type Plan } from '../documents/plan.ts';
import { clientNameRule, isClientName } from '../documents/names.ts';
import { signRegistration } from '../documents/registration.ts';
import { publicKeyOf, readSigningKey } from '../documents/signature.ts';
import type { Window } from '../documents/window.ts';
import { defaultRangeHeight } from '../hashing/ranges.ts';
import {
  checkScope,
  hashUnscoped,
  saltedUnscoped,
  type ExampleGradients,
  type Model,
} from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import { commitBlocks } from './commit-blocks.ts';
import { countOtherWeights } from './continued-weights.ts';
import { checkUnscoped, currentWeights, type CurrentWeights } from './export.ts';
import { openFormer, type Former } from './former.ts';
import { checkWeights, refusals, type DeadEntries } from './registered-blocks.ts';
import { forgetRegistering, openRegistering, whileLocked } from './registering.ts';
import { readInputs, type Damping } from './registration-inputs.ts';
import { keyFile } from './state-files.ts';
import { checkNoState, createState, type State } from './state.ts';

export interface RegisterOptions {
  readonly plan: Plan;
  /** How the provider calls the client. */
  readonly client: string;
  /** θ_p. Where the registration continues another one, only its tensors out of scope are registered. */
  readonly model: Model;
  /** Gradients of the true-label loss of the registered weights on the client's own data. */
  readonly gradients: ExampleGradients;
  readonly damping: Damping;
  /** The last window that the provider has issued: the positions that it masks are compensated for now. */
  readonly window?: Window;
  /** Ed25519. Where it is left out, that of the registration that is replaced, or else a new one. */
  readonly key?: KeyObject;
  /**
   * The folder of the state whose registration this one replaces. Under a plan with `linked` the weights in scope are θ_u of that
   * state. It is erased when the receipt of this registration is kept.
   */
  readonly replaces?: string;
  /** Hears, under `linked`, how many weights of the model are further than a unit from θ_u: they are not registered. */
  readonly onOtherWeights?: (count: number) => void;
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
 * @throws LetheError `state-exists`, `job-locked`, `other-registration`, `other-plan`, `bad-client`, `bad-client-key`, `no-curvature`,
 *   `out-of-format` (names tensor, entry and value), `not-provable`, `worker-died`; as `openFormer`, and `other-model`; or of reading and
 *   writing.
 */
export async function register(options: RegisterOptions): Promise<State> {
  const { plan, client, model, window, folder, key } = options;
  await checkNoState(folder);
  if (!isClientName(client))
    fail('bad-client', `"${client}" is no name of a client`, clientNameRule);
  if (key && key.asymmetricKeyType !== 'ed25519')
    fail('bad-client-key', `a key of type ${key.asymmetricKeyType}`, 'give one of type ed25519');
  if (window) checkPlan(plan, window.plan, 'the window');
  checkScope(model, plan.scope);
  return whileLocked(folder, async () => {
    await checkNoState(folder);
    const { replaces } = options;
    if (replaces === undefined) return registerIn(options);
    const former = await openFormer(replaces, options);
    if (plan.reregister !== 'linked') return registerIn(options, former);
    await checkUnscoped(former, model);
    const continued = await currentWeights(former);
    return registerIn(options, former, continued).finally(() => continued.close());
  });
}

async function registerIn(
  options: RegisterOptions,
  former?: Former,
  continued?: CurrentWeights,
): Promise<State> {
  const { plan, model, window, folder, report = silent } = options;
  // Every position of the window died before the epoch in which this registration can be entered.
  const dead = deadByBlock(plan, window?.history ?? noHistory, (window?.epoch ?? 0) + 1);
  report({ phase: 'checking the weights', done: 0, total: 1 });
  await checkModel(options, dead, continued);
  const given = options.key ?? former?.key;
  const inputs = await readInputs({ ...options, key: given, former }, report);
  const unscoped = await hashUnscoped(model, plan.scope);
  const { rangeHeight = defaultRangeHeight } = options;
  const wanted = { inputs, rangeHeight, scope: plan.scope, key: given };
  const job = await openRegistering(folder, wanted);
  const { damping } = inputs;
  const root = await commitBlocks({ ...options, damping, dead, continued }, job).catch(
    async (error: unknown) => {
      // These inputs cannot be registered: others may be.
      if (isLetheError(error) && refusals.includes(error.diagnostics[0]!.code))
        await forgetRegistering(folder);
      throw error;
    },
  );
  const key = readSigningKey(await readFile(keyFile(folder), 'utf8'));
  report({ phase: 'writing the state', done: 0, total: 1 });
  // A provider compares the digest with that of the registration that is replaced.
  const unscopedSalt = former?.unscopedSalt ?? randomBytes(32).toString('hex');
  const registration = signRegistration(
    {
      client: inputs.client,
      plan: inputs.plan,
      root,
      unscoped: saltedUnscoped(unscoped, unscopedSalt),
      window: inputs.window,
      signer: publicKeyOf(key),
      replaces: inputs.replaces,
    },
    key,
    former?.key,
  );
  const own = { plan, registration, damping, unscopedSalt, former: former?.folder ?? null };
  const state = await createState(folder, own, window);
  await forgetRegistering(folder);
  return state;
}

/** Refuses weights early, or counts those that are not registered. */
async function checkModel(
  { plan, model, onOtherWeights }: RegisterOptions,
  dead: DeadEntries,
  continued: CurrentWeights | undefined,
): Promise<void> {
  if (!continued) return checkWeights(plan, model, dead);
  onOtherWeights?.(await countOtherWeights(plan, model, continued));
}
