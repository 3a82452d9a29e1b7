// Making a plan: from θ_0 and a few choices.
import { hashUnscoped, type Model, type Scope } from '../model/index.ts';
import { withCurvatureBits } from '../curvature-bits.ts';
import { forms, type FormName, type StepFormats } from '../forms/index.ts';
import type { Keeps, Plan } from '../documents/plan.ts';
import { checkBlockFits } from '../circuit/capacity.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { renderFormat } from '../../../compiler/ir/format.ts';

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
  /** Of the committed curvature, in place of the form's; its range stays. */
  readonly curvatureBits?: number | undefined;
  /** τ, in place of the form's. */
  readonly tolerance?: number | undefined;
  /** The root unless it is said. */
  readonly keeps?: Keeps | undefined;
  readonly signer: string;
}

/** Throws `bad-plan`, or what the circuit of one block does not compile for. */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { model, scope, form, rank, keeps = 'root', signer } = options;
  const size = scope.blockSize;
  if (rank !== undefined && (form !== 'factor' || rank < 1 || rank > size))
    fail(
      'bad-plan',
      `rank ${rank} of form ${form} with blocks of ${size}`,
      'a factor has rank 1 to the block size; other forms have none',
    );
  const formats = formatsOf(options);
  const { tolerance = formats.tolerance } = options;
  const step = {
    form,
    size,
    ...(rank === undefined ? {} : { rank }),
    formats: { ...formats, tolerance },
  };
  checkBlockFits(step, 16);
  // Every tensor is out of an empty scope.
  const digest = await hashUnscoped(model, { ...scope, tensors: [] });
  return { model: digest, scope, step, keeps, signer };
}

function formatsOf({ form, weightBits, weightRange, curvatureBits }: PlanOptions): StepFormats {
  const formats = forms[form].formats(weightBits, weightRange);
  if (curvatureBits === undefined) return formats;
  return (
    withCurvatureBits(formats, curvatureBits) ??
    fail(
      'bad-plan',
      `a curvature of ${curvatureBits} bits, where form ${form} has ${renderFormat(formats.curvature)}`,
      'give it more bits, at most 31',
    )
  );
}
