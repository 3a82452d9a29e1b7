// The provider's receipt, where a command is given one.
import { readText } from '../../../../stdlib/apex/index.ts';

/** An object to spread into options. Throws of reading. */
export const readReceipt = async (
  file: string | undefined,
): Promise<{ receipt?: { readonly text: string; readonly file: string } }> =>
  file === undefined ? {} : { receipt: { text: await readText(file), file } };
