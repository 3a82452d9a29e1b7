// lethe apex erase: nothing of a state is left in its folder.
import { eraseState } from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import type { EraseCommand } from '../../commands/apex/erase.ts';

export async function erase({ state }: EraseCommand): Promise<Outcome> {
  const { removed, stays } = await eraseState(state);
  const left = stays.map((path) => `not of Lethe, and still there: ${path}\n`).join('');
  return {
    exit: 0,
    json: { ok: true, removed, stays },
    text: `erased the state in ${state}: ${removed} files; it can answer no window any more\n${left}`,
  };
}
