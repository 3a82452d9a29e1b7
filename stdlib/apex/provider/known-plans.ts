// Other plans beside a provider's folder. Masks that were issued under a plan over the same θ_0 are known to clients: a plan that
// does not follow it would let them fit a curvature to these masks.
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fail, isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { FileError, readText } from '../../../compiler/files/index.ts';
import { planLimits } from '../documents/limits.ts';
import { parsePlan, planDigest, type Plan } from '../documents/plan.ts';

export interface KnownPlan {
  readonly folder: string;
  /** Undefined for one that this version of Lethe does not read. */
  readonly plan: Plan | undefined;
  readonly model: string;
}

/** In the folders beside `folder`, without its own. */
export async function plansBeside(folder: string): Promise<KnownPlan[]> {
  const [own, parent] = [resolve(folder), dirname(resolve(folder))];
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const known: KnownPlan[] = [];
  for (const entry of entries) {
    const beside = join(parent, entry.name);
    if (beside === own || !(entry.isDirectory() || entry.isSymbolicLink())) continue;
    const file = join(beside, 'plan.json');
    const text = await readText(file, planLimits).catch((error: unknown) => {
      // One that is too long is a plan all the same.
      if (!(error instanceof FileError) || error.code !== 'cannot-read') throw error;
      return undefined;
    });
    const found = text === undefined ? undefined : readKnown(text, file);
    if (found) known.push({ folder: beside, ...found });
  }
  return known;
}

function readKnown(text: string, file: string): Omit<KnownPlan, 'folder'> | undefined {
  try {
    const plan = parsePlan(text, file);
    return { plan, model: plan.model };
  } catch (error) {
    if (!isLetheError(error)) throw error;
    // One of another version of Lethe names its model all the same.
    const model = /"lethe":\s*"apex-plan"/.test(text) && /"model":\s*"([0-9a-f]{64})"/.exec(text);
    return model ? { plan: undefined, model: model[1]! } : undefined;
  }
}

/** Throws `known-model` unless the plan follows every plan over its θ_0 beside the folder. */
export async function checkKnownPlans(folder: string, plan: Plan): Promise<void> {
  const same = (await plansBeside(folder)).filter(({ model }) => model === plan.model);
  const byDigest = new Map(same.map((each) => [each.plan && planDigest(each.plan), each]));
  // A client's state has its plan, too: one plan may lie in several folders.
  const followed = new Set<string>();
  for (let next = plan.predecessor?.plan; next !== undefined;) {
    followed.add(next);
    next = byDigest.get(next)?.plan?.predecessor?.plan;
  }
  const other = same.find((each) => !each.plan || !followed.has(planDigest(each.plan)));
  if (!other) return;
  fail(
    'known-model',
    `${other.folder} holds ${other.plan ? 'a plan' : 'a plan of another version of Lethe'} over the same model, and this plan does not follow it`,
    other.plan
      ? `give --after ${other.folder}: clients have seen the masks of its windows`
      : 'it cannot be followed: where it has issued windows, clients have seen their masks',
  );
}

/**
 * Throws `followed-plan` where a plan beside the folder follows this one: its registrations would not know the masks of later
 * windows under this plan.
 */
export async function checkNotFollowed(folder: string, plan: Plan): Promise<void> {
  const digest = planDigest(plan);
  const later = (await plansBeside(folder)).find((each) => each.plan?.predecessor?.plan === digest);
  if (later)
    fail(
      'followed-plan',
      `the plan in ${later.folder} follows this one`,
      'issue windows under that plan: its dead positions were fixed when it was made',
    );
}
