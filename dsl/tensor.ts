// A tensor of the circuit under construction: a shape, a format, and the operations on it as methods.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import type { ProgramBuilder } from '../compiler/program/builder.ts';
import {
  bit,
  fractionOf,
  maxFraction,
  narrowestFormat,
  type Format,
} from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import type { Attributes } from '../compiler/ir/program.ts';
import { checkAxis, type Shape } from '../compiler/ir/shape.ts';
import { hull, interval, type Interval, type Intervals } from '../compiler/numbers/interval.ts';
import { roundReal, toInteger, toReal } from '../compiler/numbers/rounding.ts';
import { and, not, or, xor } from './bits.ts';
import { divFloor, mod } from './division.ts';
import { div, reciprocal, rsqrt, sqrt, type QuotientOptions } from './quotients.ts';
import { argmax, gatherAt } from './lookup.ts';
import { map } from './map.ts';
import { keepWritten, type ConstantOptions } from './constants.ts';
import {
  fractionFor,
  isTensor,
  operandHint,
  refuse,
  requireFormat,
  requireList,
  requireName,
  requireOptions,
  writeFormat,
} from './slips.ts';
import { authorLine, located } from './source-line.ts';

/** A tensor, or a real number that is rounded to the fractional bits of what it meets. */
export type Operand = Tensor | number;

/**
 * Immutable, but that an assertion of a range narrows what is made of the tensor afterwards. Every method throws a LetheError at the author's line when shapes or formats do not fit; none
 * rounds but `rescale`.
 */
export class Tensor {
  /** Made by the circuit's `secret`, `public`, `constant` and `advice`, and by the methods below. */
  constructor(
    private readonly builder: ProgramBuilder,
    private readonly value: number,
  ) {}

  /** Lengths of the axes; [] for a scalar. */
  get shape(): Shape {
    return this.builder.typeOf(this.value).shape;
  }

  get format(): Format {
    return this.builder.typeOf(this.value).format;
  }

  /**
   * The real numbers that its integers can stand for, all elements together: those of the format, or fewer where the range analysis
   * knows more by now. Throws a LetheError where that refuses a line.
   */
  get range(): { readonly low: number; readonly high: number } {
    const { low, high } = this.intervals().reduce((a, b) => hull(a, b));
    const fraction = fractionOf(this.format);
    return { low: toReal(low, fraction), high: toReal(high, fraction) };
  }

  /** a + b. Shapes broadcast; the operand with fewer fractional bits is aligned, exactly. `options` are for a number. */
  add(other: Operand, options: ConstantOptions = {}): Tensor {
    return this.aligned('add', other, options);
  }

  /** a − b. As `add`. */
  sub(other: Operand, options: ConstantOptions = {}): Tensor {
    return this.aligned('sub', other, options);
  }

  /** −a. */
  neg(): Tensor {
    return this.apply('scale', [], { factor: -1n, fraction: fractionOf(this.format) });
  }

  /** a · b, element by element. Fractional bits add up. Shapes broadcast. */
  mul(other: Tensor): Tensor {
    requireTensor('mul', other, true);
    return this.apply('mul', [other]);
  }

  /** c · a for a real constant, rounded to `fraction` fractional bits, which the result has in addition. */
  scale(constant: number, options: { fraction: number } & ConstantOptions): Tensor {
    requireFactor(constant);
    requireOptions('scale', options, { fraction: 'number' }, (given) =>
      typeof options === 'number'
        ? `x.scale(${constant}, ${given})`
        : `x.scale(${constant}, { fraction: ${fractionFor(constant)} })`,
    );
    const { fraction } = options;
    const factor = located(() => toInteger(constant, fraction));
    if (factor === 0n && constant !== 0 && options.rounding !== 'counted')
      fail(
        'inexact-constant',
        `scale: ${constant} rounds to 0 at ${fraction} fractional bits`,
        `x.scale(${constant}, { fraction: ${8 - Math.floor(Math.log2(Math.abs(constant)))} }), or more: the result has as many fractional bits in addition`,
        authorLine(),
      );
    return this.apply('scale', [], {
      factor,
      fraction: fractionOf(this.format) + fraction,
      ...keepWritten(constant, [factor], fraction, options),
    });
  }

  /** The same values with more fractional bits. Exact. */
  align(options: { fraction: number }): Tensor {
    requireOptions('align', options, { fraction: 'number' }, (given) => `x.align(${given})`);
    const { fraction } = options;
    const more = fraction - fractionOf(this.format);
    if (more === 0) return this;
    if (!Number.isSafeInteger(fraction) || fraction > maxFraction)
      fail(
        'bad-format',
        `align to ${fraction} fractional bits`,
        `a whole number from 0 to ${maxFraction}`,
        authorLine(),
      );
    if (more < 0)
      fail(
        'format-mismatch',
        `align to ${fraction} fractional bits would drop ${-more}`,
        'rescale rounds to fewer fractional bits',
        authorLine(),
      );
    return this.apply('scale', [], { factor: 1n << BigInt(more), fraction });
  }

  /** On a mask of bits: a where the bit is 1, b where it is 0. Shapes broadcast. `options` are for numbers. */
  select(a: Operand, b: Operand, options: ConstantOptions = {}): Tensor {
    requireOperand('select', a);
    requireOperand('select', b);
    const like = [a, b].find((operand) => operand instanceof Tensor) ?? this;
    const [x, y] = like.common(toTensor(like, a, options), toTensor(like, b, options));
    return this.apply('select', [x, y]);
  }

  /**
   * The bit of a ≥ b, exactly on the integers. Shapes broadcast. Where the operands carry error, the real bit can be the other one near
   * the tie; `lethe inspect` shows the margin.
   */
  atLeast(other: Operand): Tensor {
    return this.aligned('at-least', other);
  }

  /** The bit of a < b. As `atLeast`. */
  lessThan(other: Operand): Tensor {
    return this.atLeast(other).not();
  }

  /** The bit of a = 0, exactly on the integers. */
  isZero(): Tensor {
    return this.apply('is-zero', []);
  }

  /** The bit of a = b, exactly on the integers. Shapes broadcast. */
  equals(other: Operand): Tensor {
    const bits = isTensor(other) && [this, other as Tensor].every((x) => x.format.kind === 'bit');
    return bits ? xor(this, other as Tensor).not() : this.sub(other).isZero();
  }

  /** On bits: 1 where both are 1. */
  and(other: Tensor): Tensor {
    return and(this, other);
  }

  /** On bits: 1 where one of them is 1, or both. */
  or(other: Tensor): Tensor {
    return or(this, other);
  }

  /** On bits: 1 where just one of them is 1. */
  xor(other: Tensor): Tensor {
    return xor(this, other);
  }

  /** On bits: 1 where it is 0. Costs no rows. */
  not(): Tensor {
    return not(this);
  }

  /** The larger of a and b. The error is at most the larger one of theirs. Shapes broadcast. */
  max(other: Operand): Tensor {
    return this.aligned('max', other);
  }

  /** The smaller of a and b. As `max`. */
  min(other: Operand): Tensor {
    return this.aligned('min', other);
  }

  /** |a|. */
  abs(): Tensor {
    return this.apply('abs', []);
  }

  /** a where a ≥ 0, else 0. */
  relu(): Tensor {
    return this.max(0);
  }

  /** low where a < low, high where a > high, else a. The bounds are rounded to a's fractional bits. */
  clip(options: { low: number; high: number }): Tensor {
    const kinds = { low: 'number', high: 'number' } as const;
    requireOptions('clip', options, kinds, (given) => `x.clip(${given})`);
    const { low, high } = options;
    if (!(low <= high))
      fail('bad-bounds', `clip to [${low}, ${high}]`, 'low is at most high', authorLine());
    return this.max(low).min(high);
  }

  /** 1 where a > 0, 0 where a = 0, −1 where a < 0, exactly on the integers. */
  sign(): Tensor {
    return this.atLeast(0).sub(this.constantLike(0, { shape: [], format: bit }).atLeast(this));
  }

  /**
   * The position of the largest element of the last axis; the first of equal ones. `oneHot` has this tensor's shape; `index` lacks the last axis.
   */
  argmax(): { oneHot: Tensor; index: Tensor } {
    return argmax(this);
  }

  /** Along the last axis, a mask of the k largest elements; of equal ones the first. */
  topK(k: number): Tensor {
    if (typeof k !== 'number') refuse('topK expects a number of elements', k, 'x.topK(3)');
    return this.apply('top-k', [], { k });
  }

  /**
   * ⌊a / b⌋ of integers, rounded towards −∞: −7 by 2 is −4. The divisor is asserted to be at least 1. Shapes broadcast.
   */
  divFloor(divisor: Operand): Tensor {
    return divFloor(this, divisor);
  }

  /** a − b ⌊a / b⌋ of integers, from 0 to b − 1, also for negative a: −7 by 2 leaves 1. As `divFloor`. */
  mod(divisor: Operand): Tensor {
    return mod(this, divisor);
  }

  /**
   * a / b to the nearest number of the result's format, halves up. The prover has no choice. Shapes broadcast.
   *
   * Throws `no-root` where the divisor's range holds 0. The range is that of the format, or narrower where it is asserted.
   */
  div(divisor: Operand, options: QuotientOptions = {}): Tensor {
    return div(this, divisor, options);
  }

  /** 1 / a. As `div`. */
  reciprocal(options: QuotientOptions = {}): Tensor {
    return reciprocal(this, options);
  }

  /** √a, rounded down to a number of the result's format. Throws `no-root` where a can be negative. */
  sqrt(options: QuotientOptions = {}): Tensor {
    return sqrt(this, options);
  }

  /** 1 / √a to the nearest number of the result's format. Throws `no-root` where a can be 0 or negative. */
  rsqrt(options: QuotientOptions = {}): Tensor {
    return rsqrt(this, options);
  }

  /** The binary digits of an integer that is asserted to be from 0 to 2^count − 1, the lowest first, along a new last axis. */
  bits(count: number): Tensor {
    if (typeof count !== 'number') refuse('bits expects a number of digits', count, 'x.bits(8)');
    return this.apply('bits', [], { count });
  }

  /** Einsum of two operands, e.g. `curvature.contract('bij,bj->bi', delta)`. Accumulates exactly. */
  contract(subscripts: string, other: Tensor): Tensor {
    if (typeof subscripts !== 'string')
      refuse('contract expects subscripts first', subscripts, "x.contract('ij,j->i', y)");
    requireTensor('contract', other);
    return this.apply('contract', [other], { subscripts });
  }

  /** The sum along an axis, which disappears. Negative axes count from the end. */
  sum(options: { axis: number }): Tensor {
    requireOptions('sum', options, { axis: 'number' }, (given) => `x.sum(${given})`);
    return this.apply('reduce-sum', [], { axis: this.axis(options.axis) });
  }

  reshape(shape: Shape): Tensor {
    requireList('reshape', 'a shape', shape, (list) => `x.reshape(${list})`);
    return this.apply('reshape', [], { to: shape });
  }

  /** Axis i of the result is axis order[i] of this tensor. */
  transpose(order: readonly number[]): Tensor {
    requireList('transpose', 'an order of axes', order, () => 'x.transpose([1, 0])');
    return this.apply('transpose', [], { order });
  }

  /** Elements from `start` to before `end` along an axis. */
  slice(options: { axis: number; start: number; end: number }): Tensor {
    const kinds = { axis: 'number', start: 'number', end: 'number' } as const;
    requireOptions('slice', options, kinds, () => 'x.slice({ axis: 0, start: 0, end: 1 })');
    const { axis, start, end } = options;
    return this.apply('slice', [], { axis: this.axis(axis), start, end });
  }

  /**
   * Elements along an axis: at static indices, in the order given, or at an index that is a tensor of integers, which is asserted
   * to be on the axis. The index's shape takes the place of the axis.
   */
  gather(
    selection:
      | { readonly axis: number; readonly indices: readonly number[] }
      | { readonly axis: number; readonly index: Tensor },
  ): Tensor {
    if (isTensor((selection as { index?: unknown } | undefined)?.index)) {
      const { axis, index } = selection as { axis: number; index: Tensor };
      requireOptions('gather', { axis }, { axis: 'number' }, () => 'x.gather({ axis: 0, index })');
      return gatherAt(this, this.axis(axis), index);
    }
    const options = selection as { axis: number; indices: readonly number[]; index?: unknown };
    if (options?.index !== undefined)
      refuse(
        'gather expects a tensor as index',
        options.index,
        'indices: [1] takes an element that is known when the circuit is built',
      );
    const kinds = { axis: 'number', indices: 'list' } as const;
    requireOptions('gather', options, kinds, () => 'x.gather({ axis: 0, indices: [0, 2] })');
    const { axis, indices } = options;
    return this.apply('gather', [], { axis: this.axis(axis), indices });
  }

  /**
   * A function of every element: 'exp', 'log', 'sigmoid', 'tanh', or the name of one's own (`defineFunction`), as piecewise polynomials. The
   * compiler chooses their number and degree for the fewest rows, and proves how far they are from the function, for all that the circuit
   * says of the elements by now (`assertWithin`).
   *
   * @param options.format of the result; all values must fit it
   * @param options.within the largest distance of a polynomial, in real units, before its value is rounded to the format: half a last
   *   place when left out, so that a result is at most one last place from the function
   */
  map(
    name: string,
    options: { readonly format: Format | OpenFormat; readonly within?: number },
  ): Tensor {
    return map(this, name, options);
  }

  /** To a format with at most as many fractional bits, rounding half up; values must fit it. */
  rescale(format: Format | OpenFormat): Tensor {
    requireFormat('rescale', format, (each) => `x.rescale(${each})`);
    return this.apply('rescale', [], { to: this.formatOf(format) });
  }

  /**
   * The last axis in lanes of field elements; injective, not hiding. `domain`, a whole number from 1 on, stands above the lanes of
   * each row's first element: digests of another domain are digests of something else.
   */
  pack(options: { domain?: number } = {}): Tensor {
    const { domain } = options;
    if (domain !== undefined && typeof domain !== 'number')
      refuse('pack expects a number for domain', domain, 'x.pack({ domain: 1 })');
    return this.apply('pack', [], domain === undefined ? {} : { domain });
  }

  /** Poseidon over the last axis of field elements or digests. */
  hash(): Tensor {
    return this.apply('hash', []);
  }

  /**
   * As many numbers of a format with a multiple of 12 bits as `length` says, out of words u(64, 0) along the last axis:
   * the upper 48 bits of each word, in limbs of 12; the other bits are a salt. Costs no rows besides the words' own.
   */
  unpack(options: { format: Format; length: number }): Tensor {
    const as = (format: string): string => `x.unpack({ format: ${format}, length: 2 })`;
    const { format, length } = Object(options) as typeof options;
    requireFormat('unpack', format, as);
    if (typeof length !== 'number')
      refuse('unpack expects a number for length', length, as(writeFormat(format)));
    return this.apply('unpack', [], { to: format, length });
  }

  /** A digest of the last axis of field elements or digests, with a permutation less for each than `hash` where three fit. */
  compress(): Tensor {
    return this.apply('compress', []);
  }

  /** Every element is 0. */
  assertZero(): void {
    this.apply('assert-zero', []);
  }

  /**
   * low ≤ every element ≤ high, bounds in real units, rounded inwards. Whatever is made of this tensor afterwards takes the
   * bounds into account, and so does what is made of the result, which is the same tensor.
   */
  assertWithin(options: { low: number; high: number }): Tensor {
    const kinds = { low: 'number', high: 'number' } as const;
    requireOptions('assertWithin', options, kinds, (given) => `x.assertWithin(${given})`);
    const { low, high } = options;
    const unit = 2 ** fractionOf(this.format);
    const bounds = located(() => ({
      low: roundReal(Math.ceil(low * unit)),
      high: roundReal(Math.floor(high * unit)),
    }));
    return this.assertIntegersWithin(bounds);
  }

  /** `assertWithin` with bounds in units of the last place. For the library's own functions. */
  assertIntegersWithin({ low, high }: Interval): Tensor {
    const narrowed = this.apply('assert-within', [], { low, high });
    this.builder.replace(this.value, narrowed.value);
    return narrowed;
  }

  /**
   * The circuit compiles only if every element is proved to be within a distance of its real value, whatever the
   * inputs. Costs nothing. It is the target for formats that are left open (`real`).
   */
  assertAccurate(options: { within: number }): void {
    requireOptions('assertAccurate', options, { within: 'number' }, (given) =>
      typeof options === 'number'
        ? `x.assertAccurate(${given})`
        : 'x.assertAccurate({ within: 1e-4 })',
    );
    this.apply('assert-accurate', [], { within: options.within });
  }

  /** Makes the tensor an output: part of the public statement, under a name. */
  expose(name: string): void {
    requireName('expose', name, (text) => `x.expose(${text})`);
    this.apply('expose', [], { name });
  }

  /** Appends an op whose first argument is this tensor. For the library's own functions. */
  apply(op: string, others: readonly Tensor[], attributes: Attributes = {}): Tensor {
    for (const other of others) requireTensor(op, other);
    if (others.some((other) => other.builder !== this.builder))
      fail(
        'foreign-tensor',
        `${op}: an operand belongs to another circuit, or to another build of this one`,
        'use tensors inside the build function that made them',
        authorLine(),
      );
    const args = [this, ...others].map(({ value }) => this.builder.latest(value));
    return new Tensor(this.builder, this.builder.append(op, args, attributes, authorLine()));
  }

  /** The format itself, or the one that the compiler chooses for an open one. For the library's own functions. */
  formatOf(format: Format | OpenFormat): Format {
    return this.builder.formatOf(format, undefined, authorLine());
  }

  /** The bits that the compiler chooses for the range check of an open tolerance. For the library's own functions. */
  toleranceBits(least: number): number {
    return this.builder.toleranceBits(least, authorLine());
  }

  /** A constant of this tensor's circuit, filled with one real value or with one for each element. */
  constantLike(
    value: number | readonly number[],
    { shape, format }: { shape: Shape; format: Format },
    options: ConstantOptions = {},
  ): Tensor {
    const fraction = fractionOf(format);
    const reals = typeof value === 'number' ? [value] : value;
    const values = located(() => reals.map((real) => toInteger(real, fraction)));
    const attributes = {
      values,
      ...keepWritten(reals, values, fraction, options),
      shape,
      format,
    };
    return new Tensor(this.builder, this.builder.append('constant', [], attributes, authorLine()));
  }

  /** A number as a scalar constant in the narrowest format. For the library's own functions. */
  numberLike(value: number, fraction: number, options: ConstantOptions): Tensor {
    const integer = located(() => toInteger(value, fraction));
    const format = narrowestFormat(interval(integer, integer), fraction);
    return this.constantLike(value, { shape: [], format }, options);
  }

  /** The interval of each element by now, in units of the last place. For the library's own functions. */
  intervals(): Intervals {
    return located(() => this.builder.intervalsOf(this.builder.latest(this.value)));
  }

  private aligned(op: string, other: Operand, options: ConstantOptions = {}): Tensor {
    requireOperand(op, other);
    const [a, b] = this.common(this, toTensor(this, other, options));
    return a.apply(op, [b]);
  }

  private common(a: Tensor, b: Tensor): [Tensor, Tensor] {
    const fraction = Math.max(fractionOf(a.format), fractionOf(b.format));
    return [a.alignNumber(fraction), b.alignNumber(fraction)];
  }

  private alignNumber(fraction: number): Tensor {
    const numeric = this.format.kind === 'fixed' || this.format.kind === 'bit';
    return numeric ? this.align({ fraction }) : this;
  }

  private axis(axis: number): number {
    return located(() => checkAxis(this.shape, axis));
  }
}

function toTensor(like: Tensor, operand: Operand, options: ConstantOptions): Tensor {
  if (operand instanceof Tensor) return operand;
  return like.numberLike(operand, fractionOf(like.format), options);
}

function requireFactor(constant: unknown): void {
  if (constant instanceof Tensor)
    refuse('scale expects a number', constant, 'x.mul(y) multiplies two tensors');
  if (typeof constant !== 'number')
    refuse('scale expects a number', constant, 'x.scale(0.5, { fraction: 1 })');
}

/** Refuses what is no tensor, with a cure. `times`: a number would scale. */
export function requireTensor(name: string, value: unknown, times = false): void {
  if (!isOwnTensor(value)) refuse(`${name} expects a tensor`, value, operandHint(value, times));
}

function requireOperand(name: string, value: unknown): void {
  if (typeof value !== 'number' && !isOwnTensor(value))
    refuse(`${name} expects a tensor or a number`, value, operandHint(value));
}

function isOwnTensor(value: unknown): boolean {
  if (value instanceof Tensor) return true;
  if (!isTensor(value)) return false;
  const hint = 'install lethe once: two copies of it do not mix';
  return fail('foreign-tensor', 'a tensor of another copy of lethe', hint, authorLine());
}
