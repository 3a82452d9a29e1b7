// The one error of the reference operator: a finding with the place, what was seen, and the cure.
import { LetheError } from '../../../dsl/index.ts';

/** What kind of input or state was refused. */
export type OperatorErrorCode =
  | 'bad-shape'
  | 'bad-length'
  | 'bad-value'
  | 'out-of-range'
  | 'unknown-tensor'
  | 'missing-tensor'
  | 'bad-coverage'
  | 'singular'
  | 'overflow';

/** The parts of an {@link OperatorError}. */
export interface OperatorErrorParts {
  readonly code: OperatorErrorCode;
  /** Where: `tensor "blocks.0.fc1"`, `gradients[3]`, `damping`. */
  readonly place: string;
  /** What was seen there, with the value. */
  readonly problem: string;
  /** What the caller can do about it. */
  readonly hint: string;
}

/** Thrown by every function of this folder when it refuses its input. */
export class OperatorError extends LetheError implements OperatorErrorParts {
  readonly code: OperatorErrorCode;
  readonly place: string;
  readonly problem: string;
  readonly hint: string;

  constructor(parts: OperatorErrorParts) {
    const { code, place, problem, hint } = parts;
    super([{ code, message: `${place}: ${problem}`, hint }]);
    this.name = 'OperatorError';
    this.code = code;
    this.place = place;
    this.problem = problem;
    this.hint = hint;
  }

  /** The same error seen from further out: `tensor "fc1", block 3: gradients[0]: ...`. */
  within(outer: string): OperatorError {
    return new OperatorError({
      code: this.code,
      place: `${outer}: ${this.place}`,
      problem: this.problem,
      hint: this.hint,
    });
  }
}
