import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';

/** The code of the error that an action throws; `none` where it throws nothing. Other errors are thrown on. */
export async function codeOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return 'none';
  } catch (error) {
    if (isLetheError(error)) return error.diagnostics[0]!.code;
    throw error;
  }
}
