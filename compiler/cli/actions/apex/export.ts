// lethe apex export: the unlearned model, as other programs read it.
import { exportModel, openModel, openState } from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import type { ExportCommand } from '../../commands/apex/export.ts';

export async function exportUnlearned(options: ExportCommand): Promise<Outcome> {
  const state = await openState(options.state);
  const model = await openModel(options.model, { adapter: options.adapter });
  await exportModel({ state, model, target: options.out });
  const last = state.answers.at(-1);
  return {
    exit: 0,
    json: { ok: true, window: last?.window ?? null, epoch: last?.epoch ?? null, out: options.out },
    text: `wrote the model ${last ? `after the window of epoch ${last.epoch}` : 'as it was registered'} to ${options.out}\n`,
  };
}
