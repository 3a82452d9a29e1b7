// Which variables are known: a closure, from those of the start, under rules that look at gates alone.
//
//   start      the start is known, and what has one value left in its bounds
//   gate       products, permutations, bits of a 64-bit value: rules.ts
//   linear     a sum that is known, of which one term with c ≠ 0 is not: c has an inverse, so the term follows
//   radix      a sum that is known, of which several bounded terms are not: radix.ts
//   together   several gates, when these rules find nothing more: those of a shape that a rule knows (sweep.ts), then all that
//              are left (refinement.ts)
//   cases      if that finds no more, and it is asked for: two witnesses that differ are ruled out by cases (cases/)
//
// The start and `binding` decide what "known" means:
//
//   inputs                  the same in all witnesses that agree on the inputs
//   public values           what a verifier can compute from the public values: by linear algebra, by bounds, and by hashing
//                           forwards. What is not known may be computable all the same, by ways that no rule takes, or by
//                           guessing: this finds values that are shown, and does not prove that others are hidden
//   public values, binding  what the public values bind: two witnesses that agree on them and differ in it contain a collision
//                           of a hash
//
// Gates are cheap and go first. Sums are tried in the order of the circuit, by which most of what a sum is about is
// known when its turn comes; one that forces nothing waits for the unknowns that stand in its way.
import type { Expression, Term, Variable } from '../../constraints/expression.ts';
import { visit, type Gates } from '../../constraints/gates.ts';
import { gatesByVariable, type ConstraintSystem } from '../../constraints/system.ts';
import type { Interval } from '../../numbers/interval.ts';
import { kimchi, type Arithmetic } from './arithmetic.ts';
import { expand, findEquations, signed, type Equations } from './equations.ts';
import { bindingRule, forwards, type PermutationRule } from './binding.ts';
import { Cases } from './cases/cases.ts';
import { Refinement } from './refinement.ts';
import { forcedUnknowns, type Unknown } from './radix.ts';
import { boundVariables } from './range.ts';
import { rulesGiven } from './rules.ts';
import { Sweep } from './sweep.ts';
import { Worklist } from './worklist.ts';

export interface Options {
  /** In what the gates are read. */
  readonly arithmetic: Arithmetic;
  /** Variables that are known from the start. Default: those of all input ports. */
  readonly start: readonly Variable[];
  /** Collision resistance: whether a known output of a permutation makes its inputs known (binding.ts). Default: false. */
  readonly binding: boolean;
  /** Whether the variables that are left are tried by cases (cases/). Default: false. */
  readonly byCases: boolean;
}

const inputsOf = ({ ports }: ConstraintSystem): Variable[] =>
  ports.flatMap(({ direction, variables }) => (direction === 'input' ? variables : []));

export class Determination {
  readonly #system: ConstraintSystem;
  readonly #arithmetic: Arithmetic;
  readonly #cases: Cases | undefined;
  readonly #equations: Equations;
  #bounds: readonly Interval[];
  /** Made when something is left unknown. */
  #refinement: Refinement | undefined;
  #sweep: Sweep | undefined;
  #unknown: number;
  readonly #known: Uint8Array;
  readonly #rules: Gates<readonly Variable[]>;
  readonly #gatesOf: readonly (readonly number[])[];
  /** Sums that are known: those of the linear gates under the gates' numbers, then those that are given. */
  readonly #sums: (readonly Term[] | undefined)[];
  readonly #gates = new Worklist();
  readonly #untried = new Worklist();
  readonly #alsoAt: PermutationRule['alsoAt'];
  /** Numbers of the permutations whose inputs may be bound by outputs. */
  readonly #permutations: readonly number[];
  readonly #waiting = new Map<Variable, number[]>();

  constructor(
    system: ConstraintSystem,
    {
      arithmetic = kimchi,
      start = inputsOf(system),
      binding = false,
      byCases = false,
    }: Partial<Options> = {},
  ) {
    this.#system = system;
    this.#arithmetic = arithmetic;
    this.#equations = findEquations(system, arithmetic);
    this.#cases = byCases ? new Cases(system, this.#equations, arithmetic) : undefined;
    this.#bounds = boundVariables(system, this.#equations, arithmetic);
    this.#known = new Uint8Array(system.variables);
    this.#unknown = system.variables;
    this.#gatesOf = gatesByVariable(system);
    const isKnown = (variable: Variable): boolean => this.isKnown(variable);
    const permutations = binding
      ? bindingRule(system, this.#equations, isKnown)
      : forwards(isKnown);
    this.#alsoAt = permutations.alsoAt;
    this.#permutations = binding
      ? system.gates.flatMap(({ gate }, number) => (gate.kind === 'poseidon' ? [number] : []))
      : [];
    this.#rules = rulesGiven(
      {
        isKnown,
        boundsOf: (variable) => this.#bounds[variable]!,
        neverZero: (variable) => this.#neverZero(variable),
      },
      { arithmetic, permutations },
    );
    this.#sums = this.#equations.ofGate.map((equation) => equation?.terms);
    const defining = new Set(this.#equations.definitions);
    // With its definition put in place of a variable, the definition itself says nothing.
    this.#sums.forEach((sum, number) => {
      if (sum && !defining.has(number)) this.#untried.push(number);
    });
    for (const variable of start) this.know(variable);
    this.#bounds.forEach(({ low, high }, variable) => {
      if (low === high) this.know(variable);
    });
  }

  isKnown(variable: Variable): boolean {
    return this.#known[variable] === 1;
  }

  /** From now on the variable counts as known. */
  know(variable: Variable): void {
    if (this.isKnown(variable)) return;
    this.#known[variable] = 1;
    this.#unknown--;
    this.#gatesOf[variable]!.forEach((gate) => this.#gates.push(gate));
    this.#alsoAt.get(variable)?.forEach((gate) => this.#gates.push(gate));
    this.#waiting.get(variable)?.forEach((sum) => this.#untried.push(sum));
    this.#waiting.delete(variable);
    // What is known without its parts says something of them.
    const definition = this.#equations.definitions[variable];
    if (definition !== undefined) this.#untried.push(definition);
  }

  /** From now on the value of the form counts as known, as one value: its variables do not, unless they follow. */
  give(form: Expression): void {
    this.#try(this.#sums.push(signed(form, this.#arithmetic.field).terms) - 1);
  }

  /** Draws the conclusions of single gates and sums. */
  close(): void {
    for (;;) {
      const gate = this.#gates.take();
      if (gate !== undefined) {
        this.#visit(gate);
        continue;
      }
      const sum = this.#untried.take();
      if (sum === undefined) return;
      this.#try(sum);
    }
  }

  /** Draws every conclusion: gate by gate, and if something is left, from what is left together. */
  settle(): void {
    this.close();
    while (this.#unknown > 0 && (this.#refine() || this.#tryCases()));
  }

  /** Whether cases found something. */
  #tryCases(): boolean {
    const before = this.#unknown;
    const isKnown = (variable: Variable): boolean => this.isKnown(variable);
    const boundsOf = (variable: Variable): Interval => this.#bounds[variable]!;
    for (const variable of this.#cases?.conclusions({ isKnown, boundsOf }) ?? []) {
      this.know(variable);
      this.close();
    }
    return this.#unknown < before;
  }

  /** Whether that found something. */
  #refine(): boolean {
    const before = this.#unknown;
    if (!this.#refinement) {
      this.#refinement = new Refinement(
        this.#system,
        this.#equations,
        this.#bounds,
        this.#arithmetic,
      );
      this.#bounds = this.#refinement.bounds;
      this.#bounds.forEach(({ low, high }, variable) => {
        if (low === high) this.know(variable);
      });
      // Under narrower bounds, what said nothing may say something.
      for (const sums of this.#waiting.values()) sums.forEach((sum) => this.#untried.push(sum));
      this.#waiting.clear();
      this.#system.gates.forEach((_, gate) => this.#gates.push(gate));
      this.close();
    }
    // An input may be fixed by now that was not when the output became known.
    this.#permutations.forEach((gate) => this.#gates.push(gate));
    this.close();
    this.#sweepOver();
    if (this.#unknown === 0) return true;
    this.#refinement
      .conclude((variable) => this.isKnown(variable), this.#sums)
      .forEach((variable) => this.know(variable));
    this.close();
    return this.#unknown < before;
  }

  /** Draws the conclusions of rules over several equations, as long as there are any. */
  #sweepOver(): void {
    const sweep = (this.#sweep ??= new Sweep(this.#system, this.#equations, {
      field: this.#arithmetic.field,
      boundsOf: (variable) => this.#bounds[variable]!,
      isKnown: (variable) => this.isKnown(variable),
    }));
    for (let before = 0; before !== this.#unknown && this.#unknown > 0;) {
      before = this.#unknown;
      for (const found of sweep.conclusions()) {
        found.forEach((variable) => this.know(variable));
        this.close();
      }
    }
  }

  #neverZero(variable: Variable): boolean {
    const { low, high } = this.#bounds[variable]!;
    return low > 0n || high < 0n || this.#refinement?.neverZero[variable] === 1;
  }

  #visit(gate: number): void {
    const sum = this.#sums[gate];
    if (!sum)
      return visit(this.#rules, this.#system.gates[gate]!.gate).forEach((v) => this.know(v));
    const unknown = sum.filter(({ variable }) => !this.isKnown(variable));
    if (unknown.length === 1) this.know(unknown[0]!.variable);
  }

  #try(sum: number): void {
    const unknowns = expand(this.#sums[sum]!, this.#equations, (v) => this.isKnown(v)).map(
      ({ variable, coefficient }): Unknown => {
        const { low, high } = this.#bounds[variable]!;
        return { variable, coefficient, span: high - low };
      },
    );
    if (unknowns.length < 2) return unknowns.forEach(({ variable }) => this.know(variable));
    const forced = forcedUnknowns(unknowns, this.#arithmetic.field);
    forced.forEach((variable) => this.know(variable));
    if (forced.length === 0) this.#wait(sum, unknowns);
    else if (forced.length < unknowns.length) this.#untried.push(sum);
  }

  /** A sum with an unbounded unknown forces nothing before that one is known, or all others are. */
  #wait(sum: number, unknowns: readonly Unknown[]): void {
    const { anything } = this.#arithmetic;
    const unbounded = unknowns.find(({ variable }) => this.#bounds[variable] === anything);
    const other = unknowns.find((unknown) => unknown !== unbounded);
    for (const { variable } of unbounded ? [unbounded, other!] : unknowns) {
      const waiting = this.#waiting.get(variable);
      if (waiting) waiting.push(sum);
      else this.#waiting.set(variable, [sum]);
    }
  }
}
