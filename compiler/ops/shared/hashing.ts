// Ops that make a digest of each row of the last axis: one function on integers and its lowering say which, all else follows.
import type { Constraints } from '../../constraints/constraints.ts';
import type { Expression } from '../../constraints/expression.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { digest } from '../../ir/format.ts';
import { renderType } from '../../ir/program.ts';
import { checkAxis, sizeOf } from '../../ir/shape.ts';
import { defineOp, type Call, type Op } from '../op.ts';
import { countArguments, declaredRange, noError } from './arguments.ts';
import { elementsOf } from './work.ts';

export interface Hashing {
  readonly name: string;
  /** Of the field elements of a row. */
  digestOf(row: readonly bigint[]): bigint;
  lowerRow(row: readonly Expression[], constraints: Constraints): Expression;
}

export function defineHashing({ name, digestOf, lowerRow }: Hashing): Op {
  return defineOp({
    name,

    type(args) {
      countArguments(name, args, 1);
      const { shape, format } = args[0]!;
      checkAxis(shape, -1);
      if (format.kind !== 'field' && format.kind !== 'digest')
        fail(
          'format-mismatch',
          `${name} expects field elements, got ${renderType(args[0]!)}`,
          'pack the numbers first',
        );
      return { shape: shape.slice(0, -1), format: digest };
    },

    real: (_, { result }) => new Float64Array(sizeOf(result.shape)).fill(NaN),
    fixed: ([x], call) => rowsOf(x!, call).map(digestOf),
    range: (_, { result }) => declaredRange(result),
    error: (_, { result }) => noError(result),
    lower: ([x], call, constraints) =>
      rowsOf(x!, call).map((row, element) => {
        constraints.element(element);
        return lowerRow(row, constraints);
      }),

    // A permutation of 12 rows for two elements, at most.
    work: {
      gates: ({ arguments: [x] }, [form]) => elementsOf(x!) * (12 + form!.terms),
      form: () => ({ terms: 2, constants: false }),
    },

    commitment: { carries: true },
  });
}

/** The rows along the last axis. */
function rowsOf<T>(elements: readonly T[], { arguments: [x] }: Call): T[][] {
  const length = x!.shape.at(-1)!;
  return Array.from({ length: elements.length / length }, (_, row) =>
    elements.slice(row * length, (row + 1) * length),
  );
}
