// A note on standard error where keeping a receipt has erased the state that was replaced.
import { formerFolder, openState } from '../../../../stdlib/apex/index.ts';

/** Calls `work`, which may keep a receipt in the state. */
export async function tellErased<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const state = await openState(folder);
  const before = await formerFolder(state);
  const result = await work();
  if (before !== undefined && (await formerFolder(state)) === undefined)
    process.stderr.write(
      `note: the receipt is kept, so the state that this one replaces was erased: ${before}\n`,
    );
  return result;
}
