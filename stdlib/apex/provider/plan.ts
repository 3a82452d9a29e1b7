// Making a plan: from θ_0, the step, and the plan that it follows.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { defaultLink, type Keeps, type Plan, type Reregister } from '../documents/plan.ts';
import { checkScope, hashUnscoped, type Model, type Scope } from '../model/index.ts';
import type { StepSpec } from '../step/spec.ts';
import { readPredecessor } from './predecessor.ts';

export interface PlanOptions {
  /** θ_0. */
  readonly model: Model;
  readonly scope: Scope;
  readonly step: StepSpec;
  /** The root unless it is said. */
  readonly keeps?: Keeps | undefined;
  /** `linked` unless it is said. */
  readonly reregister?: Reregister | undefined;
  /** `defaultLink` unless it is said. */
  readonly link?: number | 'all' | undefined;
  /** The folder of the provider whose plan over the same θ_0 this one follows. */
  readonly predecessor?: string | undefined;
  readonly signer: string;
}

/** Throws `bad-plan`, or as `readPredecessor`. */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { model, scope, step, predecessor: folder, signer } = options;
  const { keeps = 'root', reregister = 'linked', link = defaultLink } = options;
  if (step.size !== scope.blockSize)
    fail('bad-plan', `the step is one of blocks of ${step.size}, the scope has ${scope.blockSize}`);
  checkScope(model, scope);
  // Every tensor is out of an empty scope.
  const digest = await hashUnscoped(model, { ...scope, tensors: [] });
  const predecessor =
    folder === undefined
      ? {}
      : { predecessor: await readPredecessor({ folder, model: digest, scope }) };
  return { model: digest, scope, step, keeps, reregister, link, ...predecessor, signer };
}
