// Records gates over a small field in the shapes that the arithmetizer gives them: sums in chains of two terms, narrow
// limbs checked twice, checks pooled four to a row.
import type { Arithmetic } from '../../../../../compiler/analyses/determinism/arithmetic.ts';
import {
  add,
  constant,
  fromVariable,
  linear,
  offset,
  scale,
  subtract,
  type Expression,
  type Term,
  type Variable,
} from '../../../../../compiler/constraints/expression.ts';
import type { Gate } from '../../../../../compiler/constraints/gates.ts';
import type { ConstraintSystem, Port } from '../../../../../compiler/constraints/system.ts';

type Four = [Variable, Variable, Variable, Variable];
type Three = [Variable, Variable, Variable];

export class SmallBuilder {
  readonly arithmetic: Arithmetic;
  readonly #gates: Gate[] = [];
  readonly #ports: Port[] = [];
  readonly #pool: Variable[] = [];
  readonly #reduced = new Map<string, Variable>();
  #variables = 0;

  constructor(arithmetic: Arithmetic) {
    this.arithmetic = arithmetic;
  }

  /** Bits of a limb. */
  get limbBits(): number {
    return this.arithmetic.limb.high.toString(2).length;
  }

  input(): Expression {
    const variable = this.#new();
    this.#port('input', 'secret', variable);
    return fromVariable(variable);
  }

  expose(e: Expression): void {
    const variable = this.#new();
    this.#gates.push({ kind: 'equal', left: this.variable(e), right: variable });
    this.#port('output', 'public', variable);
  }

  advice(): Expression {
    return fromVariable(this.#new());
  }

  ranged(bits: number): Expression {
    const value = this.advice();
    this.range(value, bits);
    return value;
  }

  /** 0 ≤ e < 2^bits, for at most the bits of a limb. */
  range(e: Expression, bits: number): void {
    const variable = this.variable(e);
    if (bits === 1) this.#gates.push({ kind: 'boolean', variable });
    else this.#pool.push(variable);
    if (bits > 1 && bits < this.limbBits)
      this.#pool.push(this.variable(scale(e, 1n << BigInt(this.limbBits - bits))));
  }

  product(a: Expression, b: Expression): Expression {
    if (a.terms.length === 0) return scale(b, a.constant);
    if (b.terms.length === 0) return scale(a, b.constant);
    const out = this.#new();
    this.#product(a, b, out, 1n);
    return fromVariable(out);
  }

  assertProduct(a: Expression, b: Expression, c: Expression): void {
    this.#product(a, b, this.variable(c), 1n);
  }

  permute(a: Expression, b: Expression, c: Expression): Expression[] {
    const input = [a, b, c].map((e) => this.variable(e)) as Three;
    const output = input.map(() => this.#new()) as Three;
    this.#gates.push({ kind: 'poseidon', input, output });
    return output.map(fromVariable);
  }

  /** The limbs of a row's value. */
  row(e: Expression): Expression[] {
    const value = this.variable(e);
    const limbs = Array.from({ length: 4 }, () => this.#new()) as Four;
    this.#gates.push({ kind: 'range64', value, limbs });
    return limbs.map(fromVariable);
  }

  assertZero(e: Expression): void {
    const terms = this.#canonical(e).terms;
    const out = terms.at(-1);
    if (!out) return;
    const { canonical, inverse } = this.arithmetic.field;
    const factor = canonical(-inverse(out.coefficient));
    const solved = this.#canonical(
      scale({ terms: terms.slice(0, -1), constant: e.constant }, factor),
    );
    const [only] = solved.terms;
    if (!only)
      this.#gates.push({ kind: 'constant', variable: out.variable, value: solved.constant });
    else if (solved.terms.length === 1 && only.coefficient === 1n && solved.constant === 0n)
      this.#gates.push({ kind: 'equal', left: only.variable, right: out.variable });
    else this.#chain(solved, out.variable);
  }

  assertEqual(a: Expression, b: Expression): void {
    this.assertZero(subtract(a, b));
  }

  /** A variable that equals the form. */
  variable(form: Expression): Variable {
    const e = this.#canonical(form);
    const [first] = e.terms;
    if (first && e.terms.length === 1 && first.coefficient === 1n && e.constant === 0n)
      return first.variable;
    const key = `${e.constant}|${e.terms.map((t) => `${t.coefficient},${t.variable}`).join('|')}`;
    const known = this.#reduced.get(key);
    if (known !== undefined) return known;
    const variable = first ? this.#chain(e) : this.#new();
    if (!first) this.#gates.push({ kind: 'constant', variable, value: e.constant });
    this.#reduced.set(key, variable);
    return variable;
  }

  finish(): ConstraintSystem {
    while (this.#pool.length > 0) {
      const own = this.#pool.splice(0, 4);
      while (own.length < 4) own.push(this.variable(constant(0n)));
      this.#gates.push({ kind: 'range12', limbs: own as Four });
    }
    const origins = [{ line: 0, element: 0 }];
    return {
      variables: this.#variables,
      ports: this.#ports,
      gates: this.#gates.map((gate) => ({ gate, origins })),
      steps: [],
    };
  }

  #new(): Variable {
    return this.#variables++;
  }

  #port(direction: Port['direction'], visibility: Port['visibility'], variable: Variable): void {
    const name = `${direction}${this.#ports.length}`;
    this.#ports.push({ name, direction, visibility, variables: [variable] });
  }

  #product(a: Expression, b: Expression, out: Variable, factor: bigint): void {
    const [left, right] = [this.variable(a), this.variable(b)];
    this.#gates.push({ kind: 'product', scale: factor, left, right, out });
  }

  #chain(e: Expression, out?: Variable): Variable {
    let pending: Term[] = e.terms.slice(0, 2);
    for (const term of e.terms.slice(2)) {
      const partial = this.#linear({ terms: pending, constant: 0n }, this.#new());
      pending = [{ coefficient: 1n, variable: partial }, term];
    }
    return this.#linear({ terms: pending, constant: e.constant }, out ?? this.#new());
  }

  #linear({ terms, constant: value }: Expression, out: Variable): Variable {
    this.#gates.push({ kind: 'linear', terms, constant: value, out });
    return out;
  }

  #canonical(e: Expression): Expression {
    const { canonical } = this.arithmetic.field;
    const { terms, constant: value } = linear([e]);
    return {
      terms: terms
        .map(({ coefficient, variable }) => ({ coefficient: canonical(coefficient), variable }))
        .filter(({ coefficient }) => coefficient !== 0n),
      constant: canonical(value),
    };
  }
}

export { add, constant, linear, offset, scale, subtract, type Expression };
