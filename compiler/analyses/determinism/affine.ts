// Variables that are one another's affine images: v = factor · root + offset, with constants for factor and offset. Found by
// union-find over equations of two variables.
import type { Variable } from '../../constraints/expression.ts';
import type { PrimeField } from '../../numbers/field.ts';

/** factor · root + offset; the factor is not 0. */
export interface Affine {
  readonly root: Variable;
  readonly factor: bigint;
  readonly offset: bigint;
}

export class AffineClasses {
  readonly #field: PrimeField;
  /** By variable, what it is of its parent; nothing for roots. */
  readonly #parents = new Map<Variable, Affine>();

  constructor(field: PrimeField) {
    this.#field = field;
  }

  find(variable: Variable): Affine {
    const parent = this.#parents.get(variable);
    if (!parent) return { root: variable, factor: 1n, offset: 0n };
    const above = this.find(parent.root);
    if (above.root === parent.root) return parent;
    const { canonical } = this.#field;
    const found = {
      root: above.root,
      factor: canonical(parent.factor * above.factor),
      offset: canonical(parent.factor * above.offset + parent.offset),
    };
    this.#parents.set(variable, found);
    return found;
  }

  /** Takes note of a u + b v + k = 0, for a and b that are not 0. */
  relate(a: bigint, u: Variable, b: bigint, v: Variable, k: bigint): void {
    const [x, y] = [this.find(u), this.find(v)];
    if (x.root === y.root) return;
    const [p, q] = [a * x.factor, b * y.factor];
    const constant = a * x.offset + b * y.offset + k;
    // p x + q y + constant = 0: the newer root becomes an image of the older one.
    if (x.root < y.root) this.#hang(y.root, q, x.root, p, constant);
    else this.#hang(x.root, p, y.root, q, constant);
  }

  #hang(child: Variable, own: bigint, root: Variable, other: bigint, constant: bigint): void {
    const { canonical } = this.#field;
    const by = negatedInverse(own, this.#field);
    const [factor, offset] = [canonical(other * by), canonical(constant * by)];
    this.#parents.set(child, { root, factor, offset });
  }
}

/** −1/x; quick for the coefficients that most gates have. */
export function negatedInverse(x: bigint, { centered, inverse }: PrimeField): bigint {
  const value = centered(x);
  return value === 1n || value === -1n ? -value : -inverse(value);
}
