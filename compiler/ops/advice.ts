// advice: a tensor that the prover chooses, helped by a named hint, range-checked into its format and otherwise
// free. The author owes the assertions that determine it, or declares how far his assertions let it be from its hint.
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
import { clamp, contains, interval, renderInterval } from '../numbers/interval.ts';
import { toInteger, toReal } from '../numbers/rounding.ts';
import { offset } from '../constraints/expression.ts';
import { declaredRange, numericArgument } from './shared/arguments.ts';
import { findHint } from './shared/hints.ts';
import { defineOp, Violation, type Call, type Lenient } from './op.ts';
import { spanBits } from './shared/within.ts';
import { limbForm } from './shared/work.ts';

type Attributes = {
  readonly hint: string;
  readonly format: Format;
  readonly shape: readonly number[];
  /**
   * The author's claim, in real units: every value that his assertions accept is that near to the hint's. Makes the
   * advice a declared relation; without it, constraints must force the value.
   */
  readonly within?: number;
};

function hinted(args: readonly (readonly bigint[])[], call: Call<Attributes>): Float64Array {
  const reals = args.map((values, i) =>
    Float64Array.from(values, (value) => toReal(value, fractionOf(call.arguments[i]!.format))),
  );
  return findHint(call.attributes.hint)(reals, call.result);
}

function fixed(args: readonly (readonly bigint[])[], call: Call<Attributes>): bigint[] {
  const bounds = formatInterval(call.result.format);
  const result = hinted(args, call);
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

function lenient(args: readonly (readonly bigint[])[], call: Call<Attributes>): Lenient {
  const bounds = formatInterval(call.result.format);
  const result = hinted(args, call);
  const { fraction } = numericArgument('advice', call.result);
  const value = Array.from({ length: sizeOf(call.result.shape) }, (_, element) => {
    const real = result[element]!;
    return Number.isFinite(real) ? toInteger(real, fraction) : bounds.high + 1n;
  });
  const isComplete = result.length === value.length;
  return {
    conditions: value.map((each) => ({ value: isComplete ? each : bounds.high + 1n, bounds })),
    value: value.map((each) => clamp(each, bounds)),
  };
}

export const advice = defineOp<Attributes>({
  name: 'advice',
  attributes: { hint: 'text', format: 'format', shape: 'numbers', within: 'number?' },
  asserts: true,
  declared: true,

  type(args, { shape, format, within }) {
    args.forEach((arg) => numericArgument('advice', arg));
    checkFormat(format);
    checkShape(shape);
    if (!numeric(format))
      fail(
        'format-mismatch',
        `advice is a number, not ${renderFormat(format)}`,
        'a format of q(…), u(…) or bit',
      );
    if (within !== undefined && !(Number.isFinite(within) && within >= 0))
      fail(
        'bad-bounds',
        `advice: ${within} is not a distance within which a value can be declared to lie`,
        'a finite real number, 0 or more; or leave it out',
      );
    return { shape, format };
  },

  real: (args, call) => findHint(call.attributes.hint)(args, call.result),
  fixed,
  lenient,
  range: (_, { result }) => declaredRange(result),

  // Nothing ties advice to the reals until the author's assertions do. His claim is a premise of the bound: derived, or assumed.
  error: (_, { attributes, result }) =>
    new Array<number>(sizeOf(result.shape)).fill(attributes.within ?? Infinity),

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

  choice: {
    hint: ({ hint }) => hint,
    relation: ({ attributes: { hint, within } }) =>
      within === undefined
        ? undefined
        : `at most ${within} from the value of the hint "${hint}", if the circuit's assertions see to it`,
    premises: ({ attributes: { hint, within } }) =>
      within === undefined ? [] : [{ kind: 'near-hint', hint, within }],
    admits(value, _, { result }) {
      const { low, high } = formatInterval(result.format);
      const element = value.findIndex((x) => x < low || x > high);
      if (element !== -1)
        throw new Violation(
          `${value[element]} is outside ${renderFormat(result.format)} ${renderInterval({ low, high })}`,
          element,
        );
    },
    // For exact arguments an honest prover rounds the hint's value. Nobody knows how far it moves with arguments that are
    // not exact, and the author's claim, which is about all provers, says too much of an honest one.
    honestError(args, { result }) {
      const exact = args.every((arg) => arg.every(({ error }) => error === 0));
      const error = exact ? 2 ** -(fractionOf(result.format) + 1) : Infinity;
      return new Array<number>(sizeOf(result.shape)).fill(error);
    },
  },

  work: { form: ({ result }) => limbForm(result) },
});
