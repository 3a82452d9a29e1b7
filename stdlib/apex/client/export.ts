// The client's weights as they are now, back in the layout of its model.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { blockNumbering, hashUnscoped, writeModel, type Model } from '../model/index.ts';
import { readHoldings, type State } from './state.ts';

export interface ExportOptions {
  readonly state: State;
  /** θ_p as it was registered: the tensors out of scope are copied from it. */
  readonly model: Model;
  readonly target: string;
}

/** Throws `other-model` where tensors out of scope are not those of the registration; a FileError of writing. */
export async function exportModel({ state, model, target }: ExportOptions): Promise<void> {
  const { scope, step } = state.plan;
  if ((await hashUnscoped(model, scope)) !== state.registration.unscoped)
    fail(
      'other-model',
      `${model.path}: the tensors out of scope are not those that were registered`,
      'name the model (and the adapter) that was registered',
    );
  const { weights } = await readHoldings(state);
  const numbering = blockNumbering(scope);
  const unit = 2 ** -fractionOf(step.formats.weights);
  await writeModel({
    model,
    scope,
    target,
    weights({ name, shape }) {
      const { first } = numbering.rangeOf(name);
      const length = shape[0] * shape[1];
      const own = weights.subarray(first * step.size, first * step.size + length);
      return Float64Array.from(own, (integer) => integer * unit);
    },
  });
}
