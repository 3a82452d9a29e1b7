// lethe fmt: programs as text in their one form.
import { Command } from 'commander';
import { fail, isLetheError, render, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atomicWrite } from '../../files/atomic-write.ts';
import type { Outcome } from '../exit.ts';
import { isText, readProgramText } from '../load-text.ts';

interface FmtOptions {
  readonly check?: boolean;
}

export function fmtCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return new Command('fmt')
    .argument('<file...>', 'programs as text, .lethe')
    .option('--check', 'write nothing; exit 1 if a file is not in its one form')
    .option('--json', 'print one JSON object on standard output and nothing else')
    .summary('bring programs as text into their one form')
    .description(
      'Rewrites programs as text (.lethe) in the form in which `lethe inspect` prints them: values numbered by their lines, attributes in the order of their operation, notes beside lines in one column. Comments stay; of several blank lines one stays. A file with mistakes is left as it is, and they are all printed. With --check, exit 1 if a file would change.',
    )
    .addHelpText('after', '\nExample:\n  lethe fmt circuit.lethe\n  lethe fmt --check *.lethe')
    .action((files: string[], options: FmtOptions) => run(() => formatAll(files, options)));
}

interface Formatted {
  readonly file: string;
  readonly changed: boolean;
}

async function formatAll(
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
  const text = await readProgramText(file);
  const form = canonical(text, file);
  if (form === text) return false;
  if (write) await atomicWrite(file, form);
  return true;
}
