// Sums over subsets of the elements of a tensor, each made once. Runs that grow or shrink by one element, as those of a
// triangular matrix do, are made from each other.
import type { Constraints } from '../../constraints/constraints.ts';
import { add, isConstant, linear, type Expression } from '../../constraints/expression.ts';

const keyOf = (positions: readonly number[]): string => positions.join();

export class SharedSums {
  readonly #sums = new Map<string, Expression>();
  readonly #wanted: ReadonlySet<string>;

  /** `wanted` are all the subsets that will be asked for. */
  constructor(
    private readonly elements: readonly Expression[],
    wanted: readonly (readonly number[])[],
    private readonly constraints: Constraints,
  ) {
    this.#wanted = new Set(wanted.map(keyOf));
  }

  /** The sum of the elements at some positions, at least one. */
  of(positions: readonly number[]): Expression {
    const key = keyOf(positions);
    const known = this.#sums.get(key);
    if (known) return known;
    const sum = this.#make(positions);
    this.#sums.set(key, sum);
    return sum;
  }

  #make(positions: readonly number[]): Expression {
    const [first, last] = [positions[0]!, positions.at(-1)!];
    if (positions.length === 1) return this.#element(first);
    const sealed = (e: Expression): Expression => this.constraints.seal(e);
    const shorter = [positions.slice(0, -1), positions.slice(1)];
    const [withoutLast, withoutFirst] = shorter.map((each) => this.#wanted.has(keyOf(each)));
    if (withoutLast) return sealed(add(this.of(shorter[0]!), this.#element(last)));
    if (withoutFirst) return sealed(add(this.of(shorter[1]!), this.#element(first)));
    return sealed(linear(positions.map((position) => this.#element(position))));
  }

  /** As the one variable that products of it take. */
  #element(position: number): Expression {
    const e = this.elements[position]!;
    const isTerm = e.terms.length === 1 && e.constant === 0n;
    return isConstant(e) || isTerm ? e : this.constraints.seal(e);
  }
}
