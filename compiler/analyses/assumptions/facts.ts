// The facts that the constraints of a program state, before they become gates: linear forms over symbols, products of forms,
// and intervals of forms. It is what the lowerings say to `Constraints`, with nothing done about it.
//
// An element of a line that its lowering introduces (an input, advice, a quotient) is one symbol, with the interval that
// the range analysis derives for it. An interval of a form is kept only where the form cannot reach the modulus, so that
// it holds over the integers.
import type { Constraints } from '../../constraints/constraints.ts';
import {
  constant,
  fromVariable,
  isConstant,
  scale,
  subtract,
  type Expression,
  type Term,
  type Variable,
} from '../../constraints/expression.ts';
import { isOpaque } from '../../ir/format.ts';
import type { Program } from '../../ir/program.ts';
import { rangesOf } from '../../meanings/range.ts';
import { modulus } from '../../numbers/field.ts';
import {
  intersect,
  interval,
  magnitude,
  product,
  scaled,
  sum,
  type Interval,
  type Intervals,
} from '../../numbers/interval.ts';
import { findOp } from '../../ops/index.ts';
import { callOf } from '../../program/calls.ts';

export type Symbol = Variable;

/** terms ∈ interval, over the integers. */
export interface BoundedForm {
  readonly terms: readonly Term[];
  readonly interval: Interval;
}

export interface Facts {
  /** The elements of each line. */
  readonly values: readonly (readonly Expression[])[];
  /** The line that introduces each symbol. */
  readonly lineOf: readonly number[];
  /** The symbols that are elements of a line's value; others (remainders, limbs) stay inside of its lowering. */
  readonly elements: ReadonlySet<Symbol>;
  /** The forms whose product a symbol is. */
  readonly products: ReadonlyMap<Symbol, readonly [Expression, Expression]>;
  /** The interval of each symbol in every witness; undefined where nothing is known. */
  readonly intervals: readonly (Interval | undefined)[];
  readonly forms: readonly BoundedForm[];
}

/** The facts of all lines. `ranges` are the intervals of each line's elements. */
export function factsOf(program: Program, ranges: readonly Intervals[]): Facts {
  const collector = new Collector();
  const values: Expression[][] = [];
  program.lines.forEach((line, number) => {
    collector.line = number;
    const first = collector.lineOf.length;
    const op = findOp(line.op);
    const plain = {
      ...line,
      attributes: op.sum?.withoutLanes?.(line.attributes) ?? line.attributes,
    };
    const elements = op.lower(
      line.arguments.map((argument) => values[argument]!),
      callOf(program, plain),
      collector,
      rangesOf(program, number, ranges),
    );
    const numeric = !isOpaque(line.type.format);
    values.push(
      elements.map((element, i) =>
        numeric ? collector.introduced(element, first, ranges[number]![i]!) : element,
      ),
    );
  });
  return { ...collector.finish(), values };
}

class Collector implements Constraints {
  line = 0;
  readonly lineOf: number[] = [];
  readonly #elements = new Set<Symbol>();
  readonly #products = new Map<Symbol, readonly [Expression, Expression]>();
  readonly #known = new Map<string, Symbol>();
  readonly #intervals: (Interval | undefined)[] = [];
  readonly #forms = new Map<string, BoundedForm>();

  /** The element as one symbol, where its lowering has introduced it, in units of 1. */
  introduced(element: Expression, first: Symbol, range: Interval): Expression {
    const [term] = element.terms;
    if (!term || element.terms.length > 1 || term.variable < first) return element;
    if (this.#products.has(term.variable) || term.coefficient !== 1n) return element;
    const symbol = this.#symbol(range);
    this.#elements.add(symbol);
    return fromVariable(symbol);
  }

  finish(): Omit<Facts, 'values'> {
    return {
      lineOf: this.lineOf,
      elements: this.#elements,
      products: this.#products,
      intervals: this.#intervals,
      forms: [...this.#forms.values()],
    };
  }

  advice(count: number): Expression[] {
    return Array.from({ length: count }, () => fromVariable(this.#symbol(undefined)));
  }

  ranged(count: number, bits: number, _: unknown, most = bits): Expression[] {
    const width = BigInt(Math.max(bits, most));
    if (bits === 0) return Array.from({ length: count }, () => constant(0n));
    const checked = interval(0n, (1n << width) - 1n);
    return Array.from({ length: count }, () => fromVariable(this.#symbol(checked)));
  }

  seal(e: Expression): Expression {
    return e;
  }

  product(a: Expression, b: Expression): Expression {
    if (isConstant(a)) return scale(b, a.constant);
    if (isConstant(b)) return scale(a, b.constant);
    const [left, right] = [keyOf(a), keyOf(b)];
    const key = left < right ? `${left}*${right}` : `${right}*${left}`;
    const known = this.#known.get(key);
    if (known !== undefined) return fromVariable(known);
    const [x, y] = [this.intervalOf(a), this.intervalOf(b)];
    const symbol = this.#symbol(x && y && product(x, y));
    this.#products.set(symbol, [a, b]);
    this.#known.set(key, symbol);
    return fromVariable(symbol);
  }

  assertZero(e: Expression): void {
    this.#bound(e, interval(0n, 0n));
  }

  assertProduct(a: Expression, b: Expression, c: Expression): void {
    this.assertZero(subtract(this.product(a, b), c));
  }

  range(e: Expression, bits: number, most = bits): void {
    this.#bound(e, interval(0n, (1n << BigInt(Math.max(bits, most))) - 1n));
  }

  limbs(): Expression[] {
    return this.ranged(4, 12, undefined);
  }

  permute(): [Expression, Expression, Expression] {
    return this.advice(3) as [Expression, Expression, Expression];
  }

  hash(): Expression {
    return this.advice(1)[0]!;
  }

  input(_: string, count: number): Expression[] {
    return this.advice(count);
  }

  expose(): void {}

  element(): void {}

  /** The interval of a form by those of its symbols. */
  intervalOf({ terms, constant: k }: Expression): Interval | undefined {
    let total = interval(k, k);
    for (const { coefficient, variable } of terms) {
      const own = this.#intervals[variable];
      if (!own) return undefined;
      total = sum(total, scaled(own, coefficient));
    }
    return total;
  }

  #symbol(bounds: Interval | undefined): Symbol {
    this.#intervals.push(bounds);
    return this.lineOf.push(this.line) - 1;
  }

  /**
   * e ∈ `to` in the field holds over the integers where the two sides differ by less than p. It narrows the interval of a
   * form that is a single symbol.
   */
  #bound(e: Expression, to: Interval): void {
    const own = this.intervalOf(e);
    if (!own || isConstant(e) || magnitude(own) + magnitude(to) >= modulus) return;
    const sign = e.terms[0]!.coefficient < 0n ? -1n : 1n;
    const { terms } = scale({ terms: e.terms, constant: 0n }, sign);
    const within = scaled(interval(to.low - e.constant, to.high - e.constant), sign);
    const key = keyOf({ terms, constant: 0n });
    const before = this.#forms.get(key)?.interval;
    const both = before ? (intersect(before, within) ?? within) : within;
    this.#forms.set(key, { terms, interval: both });
    const [term] = terms;
    if (terms.length > 1 || term!.coefficient !== 1n) return;
    const known = this.#intervals[term!.variable]!;
    this.#intervals[term!.variable] = intersect(known, both) ?? known;
  }
}

/** Equal for equal forms. */
export function keyOf(e: Expression): string {
  const parts = [...e.terms]
    .sort((a, b) => a.variable - b.variable)
    .map(({ coefficient, variable }) => `${coefficient}·${variable}`);
  return [...parts, e.constant].join('+');
}
