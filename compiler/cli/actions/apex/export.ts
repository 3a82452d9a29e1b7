// lethe apex export: the unlearned model, as other programs read it.
import { exportModel, openModel, openState } from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import type { ExportCommand } from '../../commands/apex/export.ts';

export async function exportUnlearned(options: ExportCommand): Promise<Outcome> {
  const state = await openState(options.state);
  const model = await openModel(options.model, { adapter: options.adapter });
  await exportModel({ state, model, target: options.out });
  return {
    exit: 0,
    json: { ok: true, sequence: state.sequence, out: options.out },
    text: `wrote the model after ${state.sequence} windows to ${options.out}\n`,
  };
}
