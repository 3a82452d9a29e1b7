// From what a template says to what it means: values, indices and constants are checked, all mistakes are collected.
import { isOpaque, type Format } from '../../compiler/ir/format.ts';
import type { OpenFormat } from '../../compiler/ir/open.ts';
import { renderType } from '../../compiler/ir/program.ts';
import { describe, isFormat, isUnknown, unknownHint } from '../slips.ts';
import { Tensor } from '../tensor.ts';
import type { Findings } from './findings.ts';
import {
  exactFraction,
  inverse,
  isZero,
  negated,
  ofDecimal,
  ofNumber,
  plus,
  times,
  toNumber,
  whole,
  type Rational,
} from './rational.ts';
import type { Scope } from './scope.ts';
import type { Expression, Factor, Result, Span } from './syntax.ts';
import {
  productOf,
  sumOf,
  type Constant,
  type Term,
  type TensorTerm,
  type Unary,
} from './terms.ts';

type Kind<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** A resolver of one template. After a finding it goes on with 0 in place of what is wrong. */
export class Resolver {
  constructor(
    private readonly findings: Findings,
    private readonly scope: Scope,
    private readonly values: readonly unknown[],
  ) {}

  resolve(expression: Expression): Term {
    const { span } = expression;
    switch (expression.kind) {
      case 'number':
        return this.#literal(expression);
      case 'value':
        return this.#value(expression);
      case 'name':
        return this.#name(expression);
      case 'call':
        return this.#call(expression);
      case 'sum':
        return this.#sum(expression);
      case 'negation':
        return this.#product(whole(-1n), [this.resolve(expression.of)], span);
      case 'product':
        return this.#quotients(expression.factors, span);
      case 'addition':
        return this.#addition(expression);
      case 'relation':
        return this.#relation(expression);
      case 'logic':
        return this.#logic(expression);
    }
  }

  #literal({ text, span }: Kind<'number'>): Term {
    const value = ofDecimal(text);
    if (value) return { kind: 'constant', value, span };
    return this.#wrong('bad-value', `${text} is past every float64`, 'exponents go to ±308', span);
  }

  #value({ place, indices, span }: Kind<'value'>): Term {
    const value = this.values[place];
    if (typeof value === 'number' && Number.isFinite(value)) {
      if (indices) this.#wrong('bad-value', 'a number has no indices', 'leave them out', span);
      return { kind: 'constant', value: ofNumber(value), span };
    }
    if (!(value instanceof Tensor)) {
      const message = `${describe(value)} is neither a tensor nor a finite number`;
      const hint = isFormat(value)
        ? 'a format stands behind the name of the result: q[i]: ${format} = a[i] / b[i]'
        : isUnknown(value)
          ? unknownHint
          : 'interpolate tensors and numbers';
      return this.#wrong('bad-value', message, hint, span);
    }
    const { shape } = value;
    const type = { shape, format: value.format };
    const fits = (indices ?? []).length === shape.length;
    indices?.forEach((index, number) =>
      this.scope.meet(index, fits ? { number, of: type } : undefined),
    );
    if (isOpaque(type.format)) {
      const hint = 'an opaque value can be packed, hashed or exposed';
      this.#wrong('format-mismatch', `a number is expected, got ${renderType(type)}`, hint, span);
    }
    if (!fits) {
      const axes = counted(shape.length, 'axis', 'axes');
      const given = counted(indices?.length ?? 0, 'index', 'indices');
      const message = `${renderType(type)} has ${axes} and is given ${given}`;
      const hint =
        shape.length === 0 ? 'a scalar is written without brackets' : 'one for each axis';
      return this.#wrong(indices ? 'shape-mismatch' : 'missing-indices', message, hint, span);
    }
    return { kind: 'operand', tensor: value, axes: (indices ?? []).map(({ name }) => name), span };
  }

  #name({ name, span }: Kind<'name'>): Term {
    const message = `${name} is no value`;
    return this.#wrong('unknown-name', message, `interpolate it: \${${name}}[…]`, span);
  }

  #call({ name, arguments: given, span }: Kind<'call'>): Term {
    const args = given.map((each) => this.resolve(each));
    switch (name.name) {
      case 'where':
        return this.#where(args, span);
      case 'max':
      case 'min':
        return this.#extremum(name.name, args, span);
      case 'abs':
      case 'sqrt':
      case 'rsqrt':
      case 'reciprocal':
        return this.#unary(name.name, args, span);
      default:
        return this.#wrong(
          'unknown-function',
          `no function is called ${name.name}`,
          'functions are sum[…], where(mask, a, b), max(a, b), min(a, b), abs(a), sqrt(a), rsqrt(a) and reciprocal(a); others are methods of tensors',
          name.span,
        );
    }
  }

  #where(args: readonly Term[], span: Span): Term {
    const [mask, chosen, other] = args;
    const hint = 'where(mask, a, b) is a where the bit is 1, b where it is 0';
    if (args.length !== 3 || !mask || !chosen || !other)
      return this.#wrong(
        'bad-argument-count',
        `where expects 3 arguments, got ${args.length}`,
        hint,
        span,
      );
    if (mask.kind === 'constant')
      return this.#wrong('bad-value', 'the mask is no tensor', hint, mask.span);
    this.#exact(chosen);
    this.#exact(other);
    return { kind: 'where', mask, chosen, other, span };
  }

  #extremum(name: 'max' | 'min', args: readonly Term[], span: Span): Term {
    const hint = `${name}(a, b) compares element by element`;
    if (args.length !== 2)
      return this.#wrong(
        'bad-argument-count',
        `${name} expects 2 arguments, got ${args.length}`,
        hint,
        span,
      );
    if (args.every(({ kind }) => kind === 'constant'))
      return this.#wrong('bad-value', 'nothing but numbers is compared', hint, span);
    args.forEach((each) => this.#exact(each));
    return { kind: 'extremum', name, of: args, span };
  }

  #unary(name: Unary, args: readonly Term[], span: Span): Term {
    const [of] = args;
    const hint = `${name}(a) is ${meanings[name]}`;
    if (args.length !== 1 || !of)
      return this.#wrong(
        'bad-argument-count',
        `${name} expects 1 argument, got ${args.length}`,
        hint,
        span,
      );
    if (of.kind === 'constant') return this.#wrong('bad-value', `${name} of a number`, hint, span);
    return { kind: 'unary', name, of, span };
  }

  #relation({ is, span, ...sides }: Kind<'relation'>): Term {
    const [left, right] = [this.resolve(sides.left), this.resolve(sides.right)];
    if (left.kind === 'constant' && right.kind === 'constant')
      return this.#wrong(
        'bad-comparison',
        'nothing but numbers is compared',
        'interpolate a tensor',
        span,
      );
    this.#exact(left);
    this.#exact(right);
    return { kind: 'relation', is, left, right, span };
  }

  #logic({ sign, span, ...sides }: Kind<'logic'>): Term {
    const [left, right] = [this.resolve(sides.left), this.resolve(sides.right)];
    for (const side of [left, right])
      if (side.kind === 'constant')
        return this.#wrong(
          'bad-value',
          `a number is no bit`,
          `${sign} combines bits: comparisons, masks`,
          side.span,
        );
    return { kind: 'logic', sign, left: left as TensorTerm, right: right as TensorTerm, span };
  }

  #sum({ over, body, span }: Kind<'sum'>): Term {
    const term = this.scope.within(over, 'sum', () => this.resolve(body));
    const names = over.map(({ name }) => name);
    return term.kind === 'constant' ? { ...term, span } : sumOf(names, term, span);
  }

  /** From left to right. Numbers divide exactly; what stands before a tensor that divides is its dividend. */
  #quotients(factors: readonly Factor[], span: Span): Term {
    let [factor, terms]: [Rational, Term[]] = [whole(1n), []];
    for (const { of, divides } of factors) {
      const term = this.resolve(of);
      if (!divides) terms.push(term);
      else if (term.kind !== 'constant') {
        const upTo = { start: span.start, end: term.span.end };
        const dividend = this.#product(factor, terms, upTo);
        this.#exact(dividend);
        [factor, terms] = [whole(1n), [{ kind: 'quotient', dividend, divisor: term, span: upTo }]];
      } else if (isZero(term.value)) {
        if (this.scope.doubtful) continue;
        const hint =
          'a divisor is a number that is not 0, or a tensor whose range is known to exclude 0';
        this.#wrong('bad-value', 'a division by 0', hint, term.span);
      } else factor = times(factor, inverse(term.value));
    }
    return this.#product(factor, terms, span);
  }

  /** The format of the quotient or root that a right-hand side is. */
  format({ format }: Result, term: Term): Format | OpenFormat | undefined {
    if (!format) return undefined;
    const value = this.values[format.place];
    const hint = 'q[i]: ${q(24, 20)} = a[i] / b[i]';
    if (!isFormat(value))
      this.findings.refuse(
        'wrong-argument',
        `a format is expected behind the name of the result, got ${describe(value)}`,
        hint,
        format.span,
      );
    const rounds = term.kind === 'quotient' || (term.kind === 'unary' && term.name !== 'abs');
    if (!rounds)
      this.findings.refuse(
        'bad-template',
        'the format is that of one quotient, sqrt, rsqrt or reciprocal, and the right-hand side is none',
        'nothing else rounds: take the quotient in a template of its own, or round the result: tensor`…`.rescale(format)',
        format.span,
        term.span,
      );
    return value;
  }

  #product(factor: Rational, terms: readonly Term[], span: Span): Term {
    const constants = terms.filter((term): term is Constant => term.kind === 'constant');
    const factors = terms.filter((term): term is TensorTerm => term.kind !== 'constant');
    const value = constants.reduce((product, each) => times(product, each.value), factor);
    if (factors.length === 0) return { kind: 'constant', value, span };
    const product = productOf(value, factors, span);
    if (product.kind === 'product')
      this.#exact({ kind: 'constant', value: product.factor, span: constants[0]?.span ?? span });
    return product;
  }

  #addition({ sign, span, ...sides }: Kind<'addition'>): Term {
    const [left, right] = [this.resolve(sides.left), this.resolve(sides.right)];
    if (left.kind === 'constant' && right.kind === 'constant') {
      const value = plus(left.value, sign === '+' ? right.value : negated(right.value));
      return { kind: 'constant', value, span };
    }
    this.#exact(left);
    this.#exact(right);
    return { kind: 'addition', sign, left, right, span };
  }

  /** Nothing in a template rounds. */
  #exact(term: Term): void {
    if (term.kind !== 'constant' || exactFraction(term.value) !== undefined) return;
    const value = toNumber(term.value);
    this.#wrong(
      'inexact-constant',
      `${value} is no m / 2^s with m of at most 40 bits and s of at most 252, and a template does not round`,
      `as a factor: .scale(${value}, { fraction }); as a term: .add(${value}), or c.constant; each rounds where you say`,
      term.span,
    );
  }

  #wrong(code: string, message: string, hint: string, span: Span): Term {
    this.findings.add(code, message, hint, span);
    this.scope.doubtful = true;
    return { kind: 'constant', value: whole(0n), span };
  }
}

const meanings: Readonly<Record<Unary, string>> = {
  abs: 'a without its sign',
  sqrt: 'the square root of a',
  rsqrt: '1 / sqrt(a)',
  reciprocal: '1 / a',
};

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count || 'no'} ${many}`;
