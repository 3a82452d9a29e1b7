// What ops that hash the last axis share.
import { fail } from '../../diagnostics/diagnostic.ts';
import { renderType, type TensorType } from '../../ir/program.ts';
import type { Call } from '../op.ts';

/** The rows along the last axis. */
export function rowsOf<T>(elements: readonly T[], { arguments: [x] }: Call): T[][] {
  const length = x!.shape.at(-1)!;
  return Array.from({ length: elements.length / length }, (_, row) =>
    elements.slice(row * length, (row + 1) * length),
  );
}

/** Throws `format-mismatch` for numbers. */
export function checkHashable(op: string, type: TensorType): void {
  if (type.format.kind === 'field' || type.format.kind === 'digest') return;
  fail(
    'format-mismatch',
    `${op} expects field elements, got ${renderType(type)}`,
    'pack the numbers first',
  );
}
