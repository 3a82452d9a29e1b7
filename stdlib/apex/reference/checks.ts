// Checks on plain numbers and vectors. Each one returns nothing, or throws an OperatorError
// that says where, which value, and what to do.
import { OperatorError } from './errors.ts';

/** Throws `bad-value` at the first NaN or infinity. */
export function checkFinite(values: ArrayLike<number>, place: string): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      throw new OperatorError({
        code: 'bad-value',
        place,
        problem: `entry ${i} is ${value}`,
        hint: 'every entry must be a finite number: look for a diverged or overflowing computation upstream',
      });
    }
  }
}

/** Throws `bad-length` unless `values` has `expected` entries. */
export function checkLength(values: ArrayLike<unknown>, expected: number, place: string): void {
  if (values.length !== expected) {
    throw new OperatorError({
      code: 'bad-length',
      place,
      problem: `has ${values.length} entries where ${expected} are needed`,
      hint: 'give one entry per weight, flattened row-major',
    });
  }
}

/** Throws `bad-value` at the first entry that is neither 0 nor 1. */
export function checkBits(mask: ArrayLike<number>, place: string): void {
  for (let i = 0; i < mask.length; i++) {
    const bit = mask[i]!;
    if (bit !== 0 && bit !== 1) {
      throw new OperatorError({
        code: 'bad-value',
        place,
        problem: `mask entry ${i} is ${bit}`,
        hint: 'a mask holds 1 for a weight to remove and 0 for any other',
      });
    }
  }
}

/** Throws `out-of-range` unless λ is a finite number above zero. */
export function checkDamping(damping: number): void {
  if (!(Number.isFinite(damping) && damping > 0)) {
    throw new OperatorError({
      code: 'out-of-range',
      place: 'damping',
      problem: `lambda is ${damping}`,
      hint: 'give a finite lambda above zero: without it the curvature need not be invertible',
    });
  }
}

/** Throws `out-of-range` unless d_b is an integer of at least one. */
export function checkBlockSize(blockSize: number): void {
  if (!(Number.isSafeInteger(blockSize) && blockSize >= 1)) {
    throw new OperatorError({
      code: 'out-of-range',
      place: 'blockSize',
      problem: `is ${blockSize}`,
      hint: 'give a whole number of weights per Fisher block, at least 1',
    });
  }
}
