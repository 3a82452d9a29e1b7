// advice: a tensor that the prover chooses, helped by a named hint, range-checked into its format and otherwise
// free. The author owes the assertions that determine it.
import {
  checkFormat,
  formatInterval,
  fractionOf,
  numeric,
  renderFormat,
  type Format,
} from '../ir/format.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { checkShape, sizeOf } from '../ir/shape.ts';
import { contains, interval, renderInterval } from '../numbers/interval.ts';
import { toInteger, toReal } from '../numbers/rounding.ts';
import { offset } from '../constraints/expression.ts';
import { declaredRange, numericArgument } from './shared/arguments.ts';
import { findHint } from './shared/hints.ts';
import { defineOp, Violation, type Call } from './op.ts';
import { spanBits } from './shared/within.ts';

type Attributes = {
  readonly hint: string;
  readonly format: Format;
  readonly shape: readonly number[];
};

function fixed(args: readonly (readonly bigint[])[], call: Call<Attributes>): bigint[] {
  const reals = args.map((values, i) =>
    Float64Array.from(values, (value) => toReal(value, fractionOf(call.arguments[i]!.format))),
  );
  const bounds = formatInterval(call.result.format);
  const result = findHint(call.attributes.hint)(reals, call.result);
  if (result.length !== sizeOf(call.result.shape))
    throw new Violation(
      `the hint "${call.attributes.hint}" gives ${result.length} values, not ${sizeOf(call.result.shape)}`,
      0,
    );
  return Array.from(result, (value, element) => {
    const integer = Number.isFinite(value)
      ? toInteger(value, fractionOf(call.result.format))
      : undefined;
    if (integer === undefined || !contains(bounds, interval(integer, integer)))
      throw new Violation(
        `the hint "${call.attributes.hint}" gives ${value}, outside ${renderFormat(call.result.format)} ${renderInterval(bounds)}`,
        element,
      );
    return integer;
  });
}

export const advice = defineOp<Attributes>({
  name: 'advice',
  chosen: true,
  asserts: true,
  declared: true,

  type(args, { hint, shape, format }) {
    args.forEach((arg) => numericArgument('advice', arg));
    findHint(hint);
    checkFormat(format);
    checkShape(shape);
    if (!numeric(format))
      fail(
        'format-mismatch',
        `advice is a number, not ${renderFormat(format)}`,
        'a format of q(…), u(…) or bit',
      );
    return { shape, format };
  },

  real: (args, call) => findHint(call.attributes.hint)(args, call.result),
  fixed,
  range: (_, { result }) => declaredRange(result),

  // Nothing ties advice to the reals until the author's assertions do. Of exact arguments an honest prover rounds the
  // hint's value; how far it moves with arguments that are not exact, nobody knows.
  error: (_, { result }) => new Array<number>(sizeOf(result.shape)).fill(Infinity),
  honestError(args, { result }) {
    const exact = args.every((arg) => arg.every(({ error }) => error === 0));
    const error = exact ? 2 ** -(fractionOf(result.format) + 1) : Infinity;
    return new Array<number>(sizeOf(result.shape)).fill(error);
  },

  // low ≤ x ≤ high
  lower(args, call, constraints) {
    const bounds = formatInterval(call.result.format);
    return constraints
      .ranged(sizeOf(call.result.shape), spanBits(bounds), (read) =>
        fixed(
          args.map((arg) => arg.map(read)),
          call,
        ).map((value) => value - bounds.low),
      )
      .map((value) => offset(value, bounds.low));
  },
});
