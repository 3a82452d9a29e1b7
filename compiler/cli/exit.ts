// How a command ends: 0 it holds, 1 refused or failed, 2 it could not be carried out (usage, file, input), 3 nothing speaks
// against it, and not all was tried.
import { isLetheError, render, type Diagnostic } from '../diagnostics/diagnostic.ts';

export type ExitCode = 0 | 1 | 2 | 3;

export interface Outcome {
  readonly exit: ExitCode;
  /** One JSON object for machines. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Text for people. */
  readonly text: string;
  /** The text is the report that was asked for, whatever it found: it goes to standard output. */
  readonly isReport?: boolean;
}

/** Takes over an action, whose outcome or error is reported in one place. */
export type Run = (action: () => Promise<Outcome>) => void;

/** Findings that are a verdict on what was checked, not a fault in how the command was called. */
const verdicts = new Set(['bad-proof', 'other-circuit', 'bad-statement', 'bad-key']);

/** The outcome of an error; anything that is not a LetheError is a fault of ours. */
export function failure(error: unknown): Outcome {
  if (!isLetheError(error)) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const hint = 'this is a bug in lethe: please report it with the circuit';
    return findingsOutcome(2, [{ code: 'internal', message, hint }]);
  }
  const { diagnostics } = error;
  const exit = diagnostics.every(({ code }) => verdicts.has(code)) ? 1 : 2;
  return findingsOutcome(exit, diagnostics);
}

export function findingsOutcome(exit: ExitCode, diagnostics: readonly Diagnostic[]): Outcome {
  return {
    exit,
    json: { ok: exit === 0, diagnostics },
    text: `${diagnostics.map((diagnostic) => render(diagnostic)).join('\n')}\n`,
  };
}

/** Prints an outcome; done when the stream has taken all of it. */
export function print(outcome: Outcome, asJson: boolean): Promise<ExitCode> {
  const [stream, text] = asJson
    ? [process.stdout, `${JSON.stringify(outcome.json, plain)}\n`]
    : [outcome.exit === 0 || outcome.isReport ? process.stdout : process.stderr, outcome.text];
  // A reader that has gone is no failure of ours: the exit code says how the command ended.
  const ignore = (): void => undefined;
  stream.once('error', ignore);
  return new Promise((resolve) => {
    stream.write(text, (error) => {
      if (!error) stream.off('error', ignore);
      resolve(outcome.exit);
    });
  });
}

const plain = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
