// F(x) as an author writes it: a polynomial in the unknown x, whose coefficients are tensors. Every operation works element by
// element, so that element i of F depends on element i of x alone.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { fractionOf } from '../compiler/ir/format.ts';
import { isTensor, operandHint, polynomialHint, refuse } from './slips.ts';
import { authorLine } from './source-line.ts';
import type { ConstantOptions } from './constants.ts';
import type { Tensor } from './tensor.ts';

/** Terms of an equation: a polynomial in its unknown, a tensor or a number. */
export type Term = Unknown | Tensor | number;

/** The unknown of an equation (`c.root`), or a polynomial in it. Nothing rounds. */
export class Unknown {
  /**
   * @param coefficients of 1, x, x² …; undefined ones are 0
   * @param fraction the fractional bits of x
   * @param one the constant 1, which is the coefficient of x itself: each equation has its own
   */
  constructor(
    readonly coefficients: readonly (Tensor | undefined)[],
    private readonly fraction: number,
    readonly one: Tensor,
  ) {}

  /** a + b. A number is rounded to the fractional bits of a. Shapes broadcast. */
  add(other: Term, options: ConstantOptions = {}): Unknown {
    const { coefficients } = this.#term('add', other, options);
    return this.#with(Math.max(this.coefficients.length, coefficients.length), (k) => {
      const [a, b] = [this.coefficients[k], coefficients[k]];
      return a && b ? a.add(b) : (a ?? b);
    });
  }

  /** a − b. As `add`. */
  sub(other: Term, options: ConstantOptions = {}): Unknown {
    return this.add(this.#term('sub', other, options).neg());
  }

  neg(): Unknown {
    return this.#each((c) => c.neg());
  }

  /** a · b. Shapes broadcast. */
  mul(other: Unknown | Tensor): Unknown {
    if (typeof other === 'number')
      refuse('mul expects the unknown or a tensor', other, operandHint(other, true));
    const { coefficients } = this.#term('mul', other, {});
    const length = this.coefficients.length + coefficients.length - 1;
    return this.#with(length, (k) => {
      const products = this.coefficients.flatMap((a, i) => {
        const b = coefficients[k - i];
        return a && b ? [this.#product(a, b)] : [];
      });
      return products.length === 0 ? undefined : products.reduce((sum, each) => sum.add(each));
    });
  }

  /** c · a for a real constant, rounded to `fraction` fractional bits. */
  scale(constant: number, options: { fraction: number } & ConstantOptions): Unknown {
    return this.#each((c) => c.scale(constant, options));
  }

  #product(a: Tensor, b: Tensor): Tensor {
    if (a === this.one) return b;
    return b === this.one ? a : a.mul(b);
  }

  #each(f: (coefficient: Tensor) => Tensor): Unknown {
    return this.#with(this.coefficients.length, (k) => {
      const coefficient = this.coefficients[k];
      return coefficient && f(coefficient);
    });
  }

  #with(length: number, coefficient: (k: number) => Tensor | undefined): Unknown {
    return new Unknown(
      Array.from({ length }, (_, k) => coefficient(k)),
      this.fraction,
      this.one,
    );
  }

  #term(name: string, other: Term, options: ConstantOptions): Unknown {
    if (other instanceof Unknown) return ofOneEquation(other, this);
    if (typeof other !== 'number') {
      if (!isTensor(other))
        refuse(
          `${name} expects the unknown, a tensor or a number`,
          other,
          'x.mul(x).mul(v).sub(1)',
        );
      return new Unknown([other], this.fraction, this.one);
    }
    const fractions = this.coefficients.map((c, k) =>
      c ? fractionOf(c.format) + k * this.fraction : 0,
    );
    const like = this.coefficients.find((c) => c !== undefined);
    if (!like) return this;
    const value = like.numberLike(other, Math.max(...fractions), options);
    return new Unknown([value], this.fraction, this.one);
  }
}

/** Methods of tensors that an equation lacks. They refuse, for authors of JavaScript. */
const refused =
  'div reciprocal sqrt rsqrt map divFloor mod rescale align atLeast lessThan equals isZero max min abs relu clip sign argmax topK ' +
  'select and or xor not bits sum contract reshape transpose slice gather pack hash compress unpack expose ' +
  'assertZero assertWithin assertAccurate';

for (const name of refused.split(' '))
  Object.defineProperty(Unknown.prototype, name, {
    value: () =>
      fail(
        'wrong-argument',
        `${name} is no part of an equation: decisions, roundings, movements and assertions are for tensors`,
        `${polynomialHint}; take ${name} of its coefficients before, or of its root after`,
        authorLine(),
      ),
  });

/** Throws `wrong-argument`: the unknown of another equation is no number here. */
function ofOneEquation(term: Unknown, x: Unknown): Unknown {
  if (term.one === x.one) return term;
  return fail(
    'wrong-argument',
    'an equation holds the unknown of another one',
    'the root that the other one gives, which is a tensor: const r = c.root({ … })',
    authorLine(),
  );
}

/** The coefficients of an equation in x, all there. Throws `wrong-argument` where F is no polynomial in it. */
export function coefficientsOf(equation: unknown, x: Unknown): readonly Tensor[] {
  const hint = `of: (x) => x.mul(x).mul(v).sub(1); ${polynomialHint}`;
  if (!(equation instanceof Unknown))
    return refuse('root expects an equation in x', equation, hint);
  const { coefficients } = ofOneEquation(equation, x);
  const degree = coefficients.findLastIndex((c) => c !== undefined);
  if (degree < 1) fail('bad-value', 'the equation does not hold its unknown', hint, authorLine());
  const zero = coefficients[degree]!.numberLike(0, 0, {});
  return coefficients.slice(0, degree + 1).map((c) => c ?? zero);
}
