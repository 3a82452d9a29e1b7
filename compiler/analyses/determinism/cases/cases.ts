// Proves by cases that a variable is known, when no rule finds more: no two witnesses differ in it (refute.ts).
//
// The gates force such choices by cases: a bit that has an inequality for each of its values, a number that is one of
// two and not below either, bits of which one is 1. Work is counted, for one variable and for the circuit: a variable beyond the limit stays unknown.
import type { Variable } from '../../../constraints/expression.ts';
import type { ConstraintSystem } from '../../../constraints/system.ts';
import type { Interval } from '../../../numbers/interval.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Equations } from '../equations.ts';
import { pairDifferingIn } from './pair.ts';
import { isRefuted } from './refute.ts';

/** In terms, with signs (signs.ts) and without. Work on a variable that turns out to be known does not count: only work in vain is limited. */
const most = {
  plain: { inVain: 1 << 14, each: 1 << 13 },
  bySigns: { inVain: 1 << 16, each: 1 << 15 },
};

interface Facts {
  isKnown(variable: Variable): boolean;
  boundsOf(variable: Variable): Interval;
}

export class Cases {
  readonly #left = { plain: most.plain.inVain, bySigns: most.bySigns.inVain };

  constructor(
    private readonly system: ConstraintSystem,
    private readonly equations: Equations,
    private readonly arithmetic: Arithmetic,
  ) {}

  /** Variables that are known, one after the other: each may count as known when the next is asked for. */
  *conclusions(facts: Facts): Iterable<Variable> {
    let isAny = false;
    for (const variable of this.#tried(facts, 'plain')) {
      isAny = true;
      yield variable;
    }
    // With signs, only what is left when all else is in vain.
    if (!isAny) yield* this.#tried(facts, 'bySigns');
  }

  *#tried({ isKnown, boundsOf }: Facts, how: keyof typeof most): Iterable<Variable> {
    const { system, equations, arithmetic } = this;
    for (let variable = 0; variable < system.variables; variable++) {
      if (isKnown(variable)) continue;
      if (this.#left[how] <= 0) return;
      const budget = { left: most[how].each };
      const pair = pairDifferingIn(variable, { system, equations, budget, isKnown, boundsOf });
      if (pair && isRefuted(pair, arithmetic, budget, how === 'bySigns')) yield variable;
      else this.#left[how] -= most[how].each - budget.left;
    }
  }
}
