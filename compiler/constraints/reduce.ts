// Linear forms become variables: chains of half rows a·x + b·y + c = z, n − 1 for a form of n terms.
import { fail } from '../diagnostics/diagnostic.ts';
import { canonical, inverse } from '../numbers/field.ts';
import { evaluate, fromVariable, type Expression, type Term, type Variable } from './expression.ts';
import type { Recorder } from './recorder.ts';

export class Reducer {
  readonly #recorder: Recorder;
  readonly #known = new WeakMap<Expression, Variable>();
  readonly #constants = new Map<bigint, Variable>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** A variable that equals the form. The same form, as an object, is reduced once. */
  variable(e: Expression): Variable {
    const [first] = e.terms;
    if (!first) return this.constant(e.constant);
    if (e.terms.length === 1 && first.coefficient === 1n && e.constant === 0n)
      return first.variable;
    const known = this.#known.get(e);
    if (known !== undefined) return known;
    const variable = this.#chain(e);
    this.#known.set(e, variable);
    return variable;
  }

  /** The form, or the variable that it has become: a sum of it then has one term for it, and not as many as the form. */
  settled(e: Expression): Expression {
    const known = e.terms.length > 1 ? this.#known.get(e) : undefined;
    return known === undefined ? e : fromVariable(known);
  }

  /** A variable wired to a constant; one for each value. */
  constant(value: bigint): Variable {
    const reduced = canonical(value);
    const known = this.#constants.get(reduced);
    if (known !== undefined) return known;
    const [variable] = this.#recorder.step(1, false, () => [reduced]) as [Variable];
    this.#recorder.gate({ kind: 'constant', variable, value: reduced });
    this.#constants.set(reduced, variable);
    return variable;
  }

  /**
   * e = 0: solved for one of its variables, which becomes the `out` of the last gate, so that n terms cost
   * n − 2 half rows. Throws `never-holds` for a constant that is not zero.
   */
  assertZero(e: Expression): void {
    const terms = [...e.terms];
    if (terms.length === 0) {
      if (canonical(e.constant) === 0n) return;
      fail(
        'never-holds',
        `the assertion ${e.constant} = 0 can never hold`,
        'the value does not depend on any input',
      );
    }
    const out = terms.splice(outTerm(terms), 1)[0]!;
    const factor = canonical(-inverse(out.coefficient));
    const solved: Expression = {
      terms: terms.map(({ coefficient, variable }) => ({
        coefficient: canonical(coefficient * factor),
        variable,
      })),
      constant: canonical(e.constant * factor),
    };
    const [only] = solved.terms;
    if (!only)
      this.#recorder.gate({ kind: 'constant', variable: out.variable, value: solved.constant });
    else if (solved.terms.length === 1 && only.coefficient === 1n && solved.constant === 0n)
      this.#recorder.gate({ kind: 'equal', left: only.variable, right: out.variable });
    else this.#chain(solved, out.variable);
  }

  #chain(e: Expression, out?: Variable): Variable {
    let pending: Term[] = e.terms.slice(0, 2);
    for (const term of e.terms.slice(2)) {
      const partial = this.#linear({ terms: pending, constant: 0n });
      pending = [{ coefficient: 1n, variable: partial }, term];
    }
    return this.#linear({ terms: pending, constant: e.constant }, out);
  }

  #linear(e: Expression, out?: Variable): Variable {
    const [result] = (
      out === undefined ? this.#recorder.step(1, false, (values) => [evaluate(e, values)]) : [out]
    ) as [Variable];
    this.#recorder.gate({
      kind: 'linear',
      terms: e.terms.map(({ coefficient, variable }) => ({
        coefficient: canonical(coefficient),
        variable,
      })),
      constant: canonical(e.constant),
      out: result,
    });
    return result;
  }
}

/** The term to solve for: one with coefficient ±1 keeps the others small. */
function outTerm(terms: readonly Term[]): number {
  const unit = terms.findLastIndex(({ coefficient: c }) => c === 1n || c === -1n);
  return unit === -1 ? terms.length - 1 : unit;
}
