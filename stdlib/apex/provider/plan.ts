// Making a plan: from θ_0 and a few choices.
import { hashUnscoped, type Model, type Scope } from '../model/index.ts';
import { forms, type FormName } from '../forms/index.ts';
import type { Plan } from '../documents/plan.ts';
import { tileCapacity } from '../circuit/capacity.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';

export interface PlanOptions {
  /** θ_0. */
  readonly model: Model;
  readonly scope: Scope;
  readonly form: FormName;
  /** Of a factor; as many as a block has weights when left out. */
  readonly rank?: number | undefined;
  readonly weightBits: number;
  /** Weights lie in [−range, range). */
  readonly weightRange: number;
  /** τ, in place of the form's. */
  readonly tolerance?: number | undefined;
  readonly signer: string;
}

/** Throws `bad-plan`, or what the circuit of one block does not compile for. */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { model, scope, form, rank, signer } = options;
  const size = scope.blockSize;
  if (rank !== undefined && (form !== 'factor' || rank < 1 || rank > size))
    fail(
      'bad-plan',
      `rank ${rank} of form ${form} with blocks of ${size}`,
      'a factor has rank 1 to the block size; other forms have none',
    );
  const formats = forms[form].formats(options.weightBits, options.weightRange);
  const { tolerance = formats.tolerance } = options;
  const step = {
    form,
    size,
    ...(rank === undefined ? {} : { rank }),
    formats: { ...formats, tolerance },
  };
  tileCapacity(step, 16);
  // Every tensor is out of an empty scope.
  const digest = await hashUnscoped(model, { ...scope, tensors: [] });
  return { model: digest, scope, step, signer };
}
