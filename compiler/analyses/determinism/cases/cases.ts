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

/** In terms. Work on a variable that turns out to be known does not count: only work in vain is limited. */
const mostInVain = 1 << 14;
const mostWorkEach = 1 << 13;

interface Facts {
  isKnown(variable: Variable): boolean;
  boundsOf(variable: Variable): Interval;
}

export class Cases {
  #left = mostInVain;

  constructor(
    private readonly system: ConstraintSystem,
    private readonly equations: Equations,
    private readonly arithmetic: Arithmetic,
  ) {}

  /** Variables that are known, one after the other: each may count as known when the next is asked for. */
  *conclusions({ isKnown, boundsOf }: Facts): Iterable<Variable> {
    const { system, equations } = this;
    for (let variable = 0; variable < system.variables; variable++) {
      if (isKnown(variable)) continue;
      if (this.#left <= 0) return;
      const budget = { left: mostWorkEach };
      const pair = pairDifferingIn(variable, { system, equations, budget, isKnown, boundsOf });
      const isForced = pair !== undefined && isRefuted(pair, this.arithmetic, budget);
      if (isForced) yield variable;
      else this.#left -= mostWorkEach - budget.left;
    }
  }
}
