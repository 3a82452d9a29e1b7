// Rules over several gates of one shape: thresholds (threshold.ts), brackets (bracket.ts), divisions by constants (division.ts) and zero
// tests (zero-test.ts). The gates are gone through in the order of the circuit, and each equation is held against those before it that
// hold one of its variables, or a product of it. So a circuit in which these rules find something layer after layer needs few sweeps.
//
// Work is linear in the terms: rules look at short sums, and at few of them for a variable. It ends with a budget of its own.
import { fromVariable, type Term, type Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import type { Bounded } from './bounded.ts';
import { bracketed } from './bracket.ts';
import { dividedBy } from './division.ts';
import type { Budget } from './elimination.ts';
import { takeApart, type Equations, type Parts } from './equations.ts';
import { mostWork } from './refinement.ts';
import { countedBits, decides } from './threshold.ts';
import { testedForZero } from './zero-test.ts';

/** Unknowns of a comparison or of a division: a threshold, a bit, a product, and limbs of 12 bits. */
const longest = 50;

/** Sums that are looked at for one variable. */
const mostSums = 8;

export interface SweepContext extends Bounded {
  isKnown(variable: Variable): boolean;
}

export class Sweep {
  readonly #system: ConstraintSystem;
  readonly #equations: Equations;
  readonly #context: SweepContext;
  /** By gate, the variable that it defines. */
  readonly #defined = new Map<number, Variable>();
  readonly #products = new Map<Variable, ProductGate[]>();
  readonly #budget: Budget = { left: mostWork };

  constructor(system: ConstraintSystem, equations: Equations, context: SweepContext) {
    this.#system = system;
    this.#equations = equations;
    this.#context = context;
    equations.definitions.forEach((gate, variable) => {
      if (gate !== undefined) this.#defined.set(gate, variable);
    });
    for (const { gate } of system.gates)
      if (gate.kind === 'product')
        this.#products.set(gate.out, [...(this.#products.get(gate.out) ?? []), gate]);
  }

  /** Variables that are known by what is known when they are asked for, sum after sum. */
  *conclusions(): Iterable<readonly Variable[]> {
    const { isKnown } = this.#context;
    const partsBy = new Map<Variable, Parts[]>();
    const ofFactor = new Map<Variable, Parts[]>();
    const isDecided = (bits: readonly Variable[]): boolean =>
      decides(bits, (bit) => sumsOf(partsBy.get(bit)), this.#context);
    const counts: (readonly Variable[])[] = [];
    for (const [number, { gate }] of this.#system.gates.entries()) {
      if (gate.kind === 'product') {
        const forced = testedForZero(gate, (out) => this.#productsOf(out), isKnown);
        if (forced.length > 0) yield forced;
      }
      const equation = this.#equations.ofGate[number];
      if (!equation || equation.terms.every(({ variable }) => isKnown(variable))) continue;
      const defined = this.#defined.get(number);
      // With its definition put in place of a variable, the definition itself says nothing.
      if (defined !== undefined && !isKnown(defined)) continue;
      const parts = takeApart(equation, this.#equations, isKnown);
      const { unknown, known } = parts;
      this.#budget.left -= unknown.length + known.terms.length;
      if (this.#budget.left < 0) return;
      const bits = countedBits(unknown, this.#context);
      if (bits && isDecided(bits)) yield bits;
      else if (bits) counts.push(bits);
      if (unknown.length > longest) continue;
      const factors = this.#factorsOf(unknown);
      const before = new Set([
        ...unknown.flatMap(({ variable }) => partsBy.get(variable) ?? []),
        ...factors.flatMap((variable) => [
          ...(partsBy.get(variable) ?? []),
          ...(ofFactor.get(variable) ?? []),
        ]),
      ]);
      this.#budget.left -= before.size;
      for (const other of before) {
        const forced = this.#bounded(parts, other) ?? this.#bounded(other, parts);
        if (forced) yield forced;
      }
      for (const { variable } of unknown) {
        const own = partsBy.get(variable);
        if (!own) partsBy.set(variable, [parts]);
        else if (own.length < mostSums) own.push(parts);
      }
      for (const variable of factors) {
        const own = ofFactor.get(variable);
        if (!own) ofFactor.set(variable, [parts]);
        else if (own.length < mostSums) own.push(parts);
      }
    }
    // The comparisons of some come after the count.
    for (const bits of counts) if (!bits.every(isKnown) && isDecided(bits)) yield bits;
  }

  /** Unknown variables in the factors of the products among the terms. */
  #factorsOf(terms: readonly Term[]): readonly Variable[] {
    const { isKnown } = this.#context;
    const factors = terms
      .flatMap(({ variable }) => this.#productsOf(variable))
      .flatMap(({ left, right }) => [left, right])
      .filter((variable) => !isKnown(variable));
    return [...new Set(factors)].flatMap((factor) => {
      const { unknown } = takeApart(fromVariable(factor), this.#equations, isKnown);
      this.#budget.left -= unknown.length;
      return unknown.map(({ variable }) => variable);
    });
  }

  /** Variables that are known by two sums, one of which bounds a part of the other. */
  #bounded(first: Parts, second: Parts): readonly Variable[] | undefined {
    const productsOf = (out: Variable): readonly ProductGate[] => this.#productsOf(out);
    const [equations, budget] = [this.#equations, this.#budget];
    const unfolding = { ...this.#context, equations, budget, productsOf };
    const found = bracketed(first, second, unfolding);
    const forced = found.length > 0 ? found : dividedBy(first, second.unknown, this.#context);
    return forced.length > 0 ? forced : undefined;
  }

  #productsOf(out: Variable): readonly ProductGate[] {
    return this.#products.get(out) ?? [];
  }
}

const sumsOf = (parts: readonly Parts[] = []): (readonly Term[])[] =>
  parts.map(({ unknown }) => unknown);
