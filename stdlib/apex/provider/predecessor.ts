// Dead positions that a plan takes over from the plan that it follows: all that was masked under it, or under one before it.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { bytesFor, positionsOf, setBit } from '../documents/bits.ts';
import { planDigest, type Predecessor } from '../documents/plan.ts';
import { windowDigest, type Window } from '../documents/window.ts';
import { weightCount, type Scope } from '../model/index.ts';
import { openProvider, type Provider } from './folder.ts';
import { plansBeside } from './known-plans.ts';
import { movedPositions } from './moved-positions.ts';
import { lastWindow } from './window.ts';

export interface SuccessorOf {
  /** The old provider's folder. */
  readonly folder: string;
  /** SHA-256 of θ_0. */
  readonly model: string;
  /** The new plan's. */
  readonly scope: Scope;
}

/** Throws `bad-predecessor`, `no-predecessor`, or as opening the old provider's folder and books. */
export async function readPredecessor({ folder, model, scope }: SuccessorOf): Promise<Predecessor> {
  const provider = await openProvider(folder);
  if (provider.plan.model !== model)
    fail(
      'bad-predecessor',
      `${folder} holds a plan over another model`,
      'name the plan over the same model, or none',
    );
  const dead = new Uint8Array(bytesFor(weightCount(scope)));
  const window = await markDead(provider, scope, new Set(namesOf(scope)), dead);
  return {
    plan: planDigest(provider.plan),
    window: window ? windowDigest(window) : null,
    dead,
  };
}

/**
 * Sets the bits of what is dead or masked in `tensors` under a plan, and under all plans before it that lie beside it: one of them
 * may have issued windows since it was followed. A plan that lacks a tensor does not know what was masked there before.
 */
async function markDead(
  provider: Provider,
  to: Scope,
  tensors: ReadonlySet<string>,
  dead: Uint8Array,
): Promise<Window | undefined> {
  const { plan, folder } = provider;
  const window = await windowOf(provider);
  const former = plan.predecessor ? [positionsOf(plan.predecessor.dead)] : [];
  const masked = window ? [window.history.positions] : [];
  for (const positions of [...former, ...masked])
    for (const position of movedPositions(plan.scope, to, { positions, tensors }))
      setBit(dead, position);
  if (!plan.predecessor) return window;
  const before = await findPlan(folder, plan.predecessor.plan);
  if (before) await markDead(before, to, tensors, dead);
  else checkNoneLacks(provider, tensors);
  return window;
}

async function windowOf(provider: Provider): Promise<Window | undefined> {
  if (!(await provider.hasBooks())) return undefined;
  const books = await provider.books();
  try {
    return await lastWindow(provider.plan, books);
  } finally {
    await books.close();
  }
}

async function findPlan(beside: string, digest: string): Promise<Provider | undefined> {
  const found = (await plansBeside(beside)).find(({ plan }) => plan && planDigest(plan) === digest);
  return found && openProvider(found.folder);
}

function checkNoneLacks({ plan, folder }: Provider, tensors: ReadonlySet<string>): void {
  const names = new Set(namesOf(plan.scope));
  const missing = [...tensors].find((name) => !names.has(name));
  if (missing === undefined) return;
  fail(
    'no-predecessor',
    `the plan in ${folder} lacks ${missing}, and the plan that it follows is not beside it`,
    `put the folder of plan ${plan.predecessor!.plan.slice(0, 16)}… there: it knows what was masked in that tensor`,
  );
}

const namesOf = ({ tensors }: Scope): string[] => tensors.map(({ name }) => name);
