// The one error of file reading and writing: a finding that names the file, the tensor, the fault and the cure.
import { LetheError } from '../diagnostics/diagnostic.ts';

/** What kind of fault it is. */
export type FileErrorCode =
  | 'cannot-read'
  | 'cannot-write'
  | 'too-large'
  | 'not-empty'
  | 'changed'
  | 'truncated'
  | 'bad-header'
  | 'duplicate-name'
  | 'unknown-dtype'
  | 'bad-shape'
  | 'bad-offsets'
  | 'bad-value'
  | 'bad-json'
  | 'bad-index'
  | 'bad-layout'
  | 'bad-scope'
  | 'bad-adapter'
  | 'missing-tensor'
  | 'unknown-tensor';

/** The parts of a {@link FileError}. */
export interface FileErrorParts {
  readonly code: FileErrorCode;
  /** The file, as the caller named it. */
  readonly file: string;
  /** The tensor at fault, where there is one. */
  readonly tensor?: string;
  /** What was seen. */
  readonly problem: string;
  /** What the user can do about it. */
  readonly hint: string;
  /** The error underneath, where there is one. */
  readonly cause?: unknown;
}

/** Thrown by every function of this folder. */
export class FileError extends LetheError {
  readonly code: FileErrorCode;
  readonly file: string;
  readonly tensor?: string;
  readonly problem: string;
  readonly hint: string;

  constructor({ code, file, tensor, problem, hint, cause }: FileErrorParts) {
    const place = tensor === undefined ? file : `${file}: tensor ${JSON.stringify(tensor)}`;
    super([{ code, message: `${place}: ${problem}`, hint }]);
    this.name = 'FileError';
    if (cause !== undefined) this.cause = cause;
    this.code = code;
    this.file = file;
    if (tensor !== undefined) this.tensor = tensor;
    this.problem = problem;
    this.hint = hint;
  }
}
