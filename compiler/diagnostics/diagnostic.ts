// Errors as data: what is wrong, where the author wrote it, and what to change.

/** A place in an author's file. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One finding. `code` is stable and kebab-case; `hint` says the cure. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly where?: SourceLine;
}

/** Thrown for everything that a user can mend. Carries all findings, not only the first. */
export class LetheError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => render(diagnostic)).join('\n'));
    this.name = 'LetheError';
    this.diagnostics = diagnostics;
  }
}

/** True for a `LetheError` of any copy of the library. */
export function isLetheError(error: unknown): error is LetheError {
  return error instanceof Error && 'diagnostics' in error && Array.isArray(error.diagnostics);
}

/** Throws a `LetheError` with one finding. */
export function fail(code: string, message: string, hint?: string, where?: SourceLine): never {
  throw new LetheError([
    { code, message, ...(hint === undefined ? {} : { hint }), ...(where ? { where } : {}) },
  ]);
}

/** `file:line:column: error[code]: message` and, on a line of its own, the hint. */
export function render(diagnostic: Diagnostic, severity: 'error' | 'warning' = 'error'): string {
  const { code, message, hint, where } = diagnostic;
  const place = where ? `${renderLine(where)}: ` : '';
  return printable(`${place}${severity}[${code}]: ${message}${hint ? `\n  hint: ${hint}` : ''}`);
}

/** Messages quote files of others: no character of theirs may steer a terminal. */
function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function renderLine({ file, line, column }: SourceLine): string {
  return `${file}:${line}:${column}`;
}

/** Runs `action`; its findings are said to be about `subject`, a file. */
export async function about<T>(subject: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isLetheError(error)) throw error;
    throw new LetheError(
      error.diagnostics.map((d) => ({ ...d, message: `${subject}: ${d.message}` })),
    );
  }
}

/** Runs `action`; findings that have no place yet are given `where`. */
export function at<T>(where: SourceLine | undefined, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!where || !isLetheError(error)) throw error;
    throw new LetheError(error.diagnostics.map((d) => (d.where ? d : { ...d, where })));
  }
}
