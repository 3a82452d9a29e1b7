// The constraint language on kimchi's gates: products and linear chains on half rows, range checks pooled four
// to a row, Poseidon as its own rows.
import { fail } from '../diagnostics/diagnostic.ts';
import { canonical, centered, inverse, modulus } from '../numbers/field.ts';
import { bitLength } from '../numbers/interval.ts';
import { blocks, permute } from '../numbers/poseidon.ts';
import type { Compute, Constraints } from './constraints.ts';
import {
  add,
  constant,
  evaluate,
  fromVariable,
  isConstant,
  linear,
  scale,
  subtract,
  type Expression,
  type Term,
  type Variable,
} from './expression.ts';
import { limbOffsets } from './gates.ts';
import { cheapestWidth, planRange } from './range-plan.ts';
import { RangePool } from './range-pool.ts';
import type { Recorder } from './recorder.ts';
import { Reducer } from './reduce.ts';

type Three<T> = [T, T, T];
type Four<T> = [T, T, T, T];

export class Arithmetizer implements Constraints {
  readonly #recorder: Recorder;
  readonly #reducer: Reducer;
  readonly #pool: RangePool;
  /** Of values that a row of their own has checked. */
  readonly #limbsOf = new Map<Variable, Four<Variable>>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
    this.#reducer = new Reducer(recorder);
    this.#pool = new RangePool(recorder);
  }

  /** Names the line that the next constraints belong to. */
  line(line: number): void {
    this.#recorder.origin = { line, element: 0 };
  }

  element(element: number): void {
    this.#recorder.origin = { line: this.#recorder.origin.line, element };
  }

  /** An equal form that costs no more: the variable that it has become, if it has. */
  settled(e: Expression): Expression {
    return this.#reducer.settled(e);
  }

  /** Call once, after the last constraint. */
  finish(): void {
    this.#pool.flush(() => this.#reducer.constant(0n));
  }

  advice(count: number, compute: Compute): Expression[] {
    return this.#recorder
      .step(count, true, (values) => compute((e) => centered(evaluate(e, values))))
      .map(fromVariable);
  }

  ranged(count: number, least: number, compute: Compute, most = least): Expression[] {
    checkWidth(least);
    const bits = cheapestWidth(least, most);
    if (bits === 0) return Array.from({ length: count }, () => constant(0n));
    const plan = bits === 1 ? undefined : planRange(bits, false);
    if (plan?.way !== 'limbs') {
      const values = this.advice(count, compute);
      for (const [position, value] of values.entries()) {
        if (count > 1) this.element(position);
        this.range(value, bits);
      }
      return values;
    }
    const limbs = this.advice(count * plan.widths.length, (read) =>
      compute(read).flatMap((value) => slices(value, plan.widths)),
    );
    return Array.from({ length: count }, (_, position) => {
      if (count > 1) this.element(position);
      const own = limbs.slice(position * plan.widths.length, (position + 1) * plan.widths.length);
      own.forEach((limb, i) => this.#limb(limb, plan.widths[i]!));
      return linear(
        own,
        own.map((_, i) => 1n << BigInt(12 * i)),
      );
    });
  }

  seal(e: Expression): Expression {
    return isConstant(e) ? e : fromVariable(this.#reducer.variable(e));
  }

  product(a: Expression, b: Expression): Expression {
    if (isConstant(a)) return scale(b, a.constant);
    if (isConstant(b)) return scale(a, b.constant);
    const [x, y] = [this.#scaled(a), this.#scaled(b)];
    const [out] = this.#recorder.step(1, false, (v) => [v[x.variable]! * v[y.variable]!]);
    this.#recorder.gate({
      kind: 'product',
      scale: 1n,
      left: x.variable,
      right: y.variable,
      out: out!,
    });
    return {
      terms: [{ coefficient: x.coefficient * y.coefficient, variable: out! }],
      constant: 0n,
    };
  }

  assertZero(e: Expression): void {
    this.#reducer.assertZero(e);
  }

  assertProduct(a: Expression, b: Expression, c: Expression): void {
    const [out] = c.terms;
    if (!out || c.terms.length > 1 || c.constant !== 0n || isConstant(a) || isConstant(b))
      return this.assertZero(subtract(this.product(a, b), c));
    const [x, y] = [this.#scaled(a), this.#scaled(b)];
    this.#recorder.gate({
      kind: 'product',
      scale: canonical(x.coefficient * y.coefficient * inverse(out.coefficient)),
      left: x.variable,
      right: y.variable,
      out: out.variable,
    });
  }

  range(e: Expression, least: number, most = least): void {
    checkWidth(least);
    const bits = isConstant(e) ? least : cheapestWidth(least, most, true);
    if (isConstant(e)) {
      if (canonical(e.constant) >> BigInt(bits) !== 0n)
        fail('never-holds', `the constant ${e.constant} can never lie in [0, 2^${bits})`);
    } else if (bits === 0) this.assertZero(e);
    else if (bits === 1)
      this.#recorder.gate({ kind: 'boolean', variable: this.#reducer.variable(e) });
    else if (bits <= 12) this.#limb(e, bits);
    else if (planRange(bits, true).way === 'row') this.#row(e, bits);
    else this.assertZero(subtract(e, this.ranged(1, bits, (read) => [read(e)])[0]!));
  }

  hash(inputs: readonly Expression[]): Expression {
    let state: Three<Expression> = [constant(0n), constant(0n), constant(0n)];
    for (const [a, b] of blocks(inputs)) {
      const [x, y, z] = state;
      state = this.permute([a ? add(x, a) : x, b ? add(y, b) : y, z]);
    }
    return state[0];
  }

  permute(state: readonly [Expression, Expression, Expression]): Three<Expression> {
    const input = state.map((e) => this.#reducer.variable(e)) as Three<Variable>;
    const output = this.#recorder.step(3, false, (values) =>
      permute(input.map((variable) => values[variable]!) as Three<bigint>),
    ) as Three<Variable>;
    this.#recorder.gate({ kind: 'poseidon', input, output });
    return output.map(fromVariable) as Three<Expression>;
  }

  limbs(e: Expression): Expression[] {
    const value = this.#reducer.variable(e);
    if (!this.#limbsOf.has(value)) this.#row(e, 64);
    return this.#limbsOf.get(value)!.map(fromVariable);
  }

  input(name: string, count: number, visibility: 'public' | 'secret'): Expression[] {
    const variables = Array.from({ length: count }, () => this.#recorder.variable());
    return this.#recorder.port({ name, direction: 'input', visibility, variables });
  }

  expose(name: string, values: readonly Expression[]): void {
    const variables = this.#recorder.step(values.length, false, (witness) =>
      values.map((e) => evaluate(e, witness)),
    );
    values.forEach((value, position) => {
      this.element(position);
      const [left, right] = [this.#reducer.variable(value), variables[position]!];
      this.#recorder.gate({ kind: 'equal', left, right });
    });
    this.#recorder.port({ name, direction: 'output', visibility: 'public', variables });
  }

  /** A form as coefficient · variable: a scale rides along in the product for nothing. */
  #scaled(e: Expression): Term {
    const [first] = e.terms;
    if (first && e.terms.length === 1 && e.constant === 0n) return first;
    return { coefficient: 1n, variable: this.#reducer.variable(e) };
  }

  /** 0 ≤ e < 2^bits for 1 ≤ bits ≤ 12: e and 2^(12−bits) · e both have 12 bits. */
  #limb(e: Expression, bits: number): void {
    const variable = this.#reducer.variable(e);
    this.#pool.check(variable);
    if (bits < 12)
      this.#pool.check(
        this.#reducer.variable(scale(fromVariable(variable), 1n << BigInt(12 - bits))),
      );
  }

  /** 0 ≤ e < 2^bits for 16 ≤ bits ≤ 64, by one row and what its limbs still owe. */
  #row(e: Expression, bits: number): void {
    const value = this.#reducer.variable(e);
    const limbs = this.#recorder.step(4, true, (values) =>
      limbOffsets.map((offset) => (values[value]! >> BigInt(offset)) & 4095n),
    ) as Four<Variable>;
    this.#recorder.gate({ kind: 'range64', value, limbs });
    this.#limbsOf.set(value, limbs);
    planRange(bits, true).widths.forEach((width, i) => {
      const limb = fromVariable(limbs[i]!);
      if (width === 0) this.assertZero(limb);
      else if (width < 12)
        this.#pool.check(this.#reducer.variable(scale(limb, 1n << BigInt(12 - width))));
    });
  }
}

/** Limbs of 2^254 and more could stand for a field element in two ways. Throws `too-wide`. */
function checkWidth(bits: number): void {
  if (bits < bitLength(modulus)) return;
  fail(
    'too-wide',
    `a range check of ${bits} bits is wider than the field`,
    'rescale an operand first',
  );
}

/**
 * The bits of a non-negative value in slices of the given widths, lowest first. The last one keeps what is too much for
 * it: so that a value out of range is refused by the range check, and by nothing else.
 */
function slices(value: bigint, widths: readonly number[]): bigint[] {
  let rest = canonical(value);
  return widths.map((width, i) => {
    if (i === widths.length - 1) return rest;
    const slice = rest & ((1n << BigInt(width)) - 1n);
    rest >>= BigInt(width);
    return slice;
  });
}
