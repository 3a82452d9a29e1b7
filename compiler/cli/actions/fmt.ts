// lethe fmt: programs as text in their one form.
import { fail, isLetheError, render, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atomicWrite } from '../../files/atomic-write.ts';
import type { Outcome } from '../exit.ts';
import { readProgramText } from '../../program/text/file.ts';
import { isText } from '../load-text.ts';
import type { FmtOptions } from '../commands/fmt.ts';

interface Formatted {
  readonly file: string;
  readonly changed: boolean;
}

export async function formatAll(
  files: readonly string[],
  { check = false }: FmtOptions,
): Promise<Outcome> {
  const formatted: Formatted[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files)
    try {
      formatted.push({ file, changed: await formatFile(file, !check) });
    } catch (error) {
      if (!isLetheError(error)) throw error;
      diagnostics.push(...error.diagnostics);
    }
  const refused = check && formatted.some(({ changed }) => changed);
  const verdict = check ? 'not in its one form' : 'rewritten';
  return {
    exit: diagnostics.length > 0 ? 2 : refused ? 1 : 0,
    json: {
      ok: diagnostics.length === 0 && !refused,
      files: formatted,
      ...(diagnostics.length > 0 ? { diagnostics } : {}),
    },
    text: [
      ...formatted.map(({ file, changed }) => `${file}: ${changed ? verdict : 'unchanged'}`),
      ...diagnostics.map((diagnostic) => render(diagnostic)),
      '',
    ].join('\n'),
  };
}

/** Whether its form is another one. */
async function formatFile(file: string, write: boolean): Promise<boolean> {
  if (!isText(file))
    fail(
      'unknown-file-type',
      `${file}: a program as text is a .lethe file`,
      'TypeScript is formatted by other tools',
    );
  const { canonical } = await import('../../program/text/canonical.ts');
  const text = readProgramText(file);
  const form = canonical(text, file);
  if (form === text) return false;
  if (write) await atomicWrite(file, form);
  return true;
}
