// From what a template means to operations, the same that methods would be.
//
//   a product           a.mul(b).mul(c), then its constants and signs, once
//   sum[j] f            f.sum(…), the last axis first
//   sum[j] f * g        f.contract('ij,j->i', g)
//   sum[j,k] f * g * h  from the right, g with h first; each index is summed as soon as no other factor has it,
//                       and where none can be, elementwise
//   a >= b, a & b       a.atLeast(b), a.and(b), and so on; max(a, b) is a.max(b)
//   a / b, sqrt(a)      a.div(b), a.sqrt(), in the format of the result where one is given
import { fractionOf, narrowestFormat, type Format } from '../../compiler/ir/format.ts';
import type { OpenFormat } from '../../compiler/ir/open.ts';
import { interval } from '../../compiler/numbers/interval.ts';
import type { QuotientOptions } from '../quotients.ts';
import type { Tensor } from '../tensor.ts';
import type { Findings } from './findings.ts';
import { diagonal, preferring, together, type Laid } from './layout.ts';
import { exactFraction, floorAt, isOne, toNumber } from './rational.ts';
import { subscripts } from './subscripts.ts';
import type { Comparison } from './syntax.ts';
import { distinct, freeOf, type Constant, type Term, type TensorTerm } from './terms.ts';

type Kind<K extends TensorTerm['kind']> = Extract<TensorTerm, { kind: K }>;

export class Emitter {
  constructor(private readonly findings: Findings) {}

  /** `wanted` is the order of axes that would be welcome; `format` is that of a quotient or a root. */
  emit(term: TensorTerm, wanted: readonly string[], format?: Format | OpenFormat): Laid {
    const options = format === undefined ? {} : { format };
    return this.findings.pointed(term.span, () => {
      switch (term.kind) {
        case 'operand':
          return diagonal(term);
        case 'product':
          return this.#product(term, wanted);
        case 'sum':
          return this.#sum(term, wanted);
        case 'addition':
          return this.#pair([term.left, term.right], wanted, (x, y) =>
            term.sign === '+' ? x.add(y) : x.sub(y),
          );
        case 'where':
          return this.#where(term, wanted);
        case 'relation':
          return this.#pair([term.left, term.right], wanted, (x, y) => related[term.is](x, y));
        case 'logic':
          return this.#pair([term.left, term.right], wanted, (x, y) =>
            term.sign === '&' ? x.and(y) : x.or(y),
          );
        case 'extremum':
          return this.#pair(term.of, wanted, (x, y) => x[term.name](y));
        case 'unary': {
          const { tensor, axes } = this.emit(term.of, wanted);
          return { tensor: tensor[term.name](options), axes };
        }
        case 'quotient':
          return this.#quotient(term, wanted, options);
      }
    });
  }

  #product({ factor, factors }: Kind<'product'>, wanted: readonly string[]): Laid {
    const [first, ...others] = factors.map((each) => this.emit(each, wanted));
    const { tensor, axes } = others.reduce((a, b) => multiplied(a, b, wanted), first!);
    if (isOne(factor)) return { tensor, axes };
    return { tensor: tensor.scale(toNumber(factor), { fraction: exactFraction(factor)! }), axes };
  }

  #quotient(
    { dividend, divisor }: Kind<'quotient'>,
    wanted: readonly string[],
    options: QuotientOptions,
  ): Laid {
    if (dividend.kind !== 'constant') {
      const operands = [dividend, divisor].map((each) => this.emit(each, wanted));
      const { tensors, axes } = together(operands, wanted);
      return { tensor: tensors[0]!.div(tensors[1]!, options), axes };
    }
    const { tensor, axes } = this.emit(divisor, wanted);
    if (isOne(dividend.value)) return { tensor: tensor.reciprocal(options), axes };
    const above = constantLike(tensor, dividend, exactFraction(dividend.value)!);
    return { tensor: above.tensor.div(tensor, options), axes };
  }

  #sum(term: Kind<'sum'>, wanted: readonly string[]): Laid {
    const { over, factors } = term;
    if (factors.length === 1) return reduced(this.emit(factors[0]!, []), over);
    // Operands as they are: a contraction takes diagonals itself.
    const parts = factors.map((each) => (each.kind === 'operand' ? each : this.emit(each, [])));
    let right: Laid = parts.at(-1)!;
    for (let i = parts.length - 2; i >= 0; i--) {
      const left = parts[i]!;
      const needed = [...freeOf(term), ...parts.slice(0, i).flatMap(({ axes }) => axes)];
      const axes = distinct([...left.axes, ...right.axes]);
      const kept = axes.filter((axis) => needed.includes(axis));
      const order = i === 0 ? preferring(kept, wanted) : kept;
      right =
        kept.length === axes.length
          ? multiplied(diagonal(left), diagonal(right), order)
          : contracted(left, right, order);
    }
    return right;
  }

  /** Two operands, element by element. */
  #pair(
    operands: readonly Term[],
    wanted: readonly string[],
    apply: (x: Tensor, y: Tensor) => Tensor,
  ): Laid {
    const { tensors, axes } = together(this.#operands(operands, wanted), wanted);
    return { tensor: apply(tensors[0]!, tensors[1]!), axes };
  }

  #where({ mask, chosen, other }: Kind<'where'>, wanted: readonly string[]): Laid {
    const condition = this.emit(mask, wanted);
    const values = this.#operands([chosen, other], wanted, condition.tensor);
    const { tensors, axes } = together([condition, ...values], wanted);
    return { tensor: tensors[0]!.select(tensors[1]!, tensors[2]!), axes };
  }

  /** Constants become tensors once the others are there, with as many fractional bits as they. */
  #operands(terms: readonly Term[], wanted: readonly string[], circuit?: Tensor): Laid[] {
    const laid = terms.map((term) =>
      term.kind === 'constant' ? undefined : this.emit(term, wanted),
    );
    const tensors = laid.flatMap((each) => (each ? [each.tensor] : []));
    const constants = terms.filter((term): term is Constant => term.kind === 'constant');
    const fraction = Math.max(
      ...tensors.map(({ format }) => fractionOf(format)),
      ...constants.map(({ value }) => exactFraction(value)!),
    );
    const like = tensors[0] ?? circuit!;
    return laid.map((each, i) => each ?? constantLike(like, terms[i] as Constant, fraction));
  }
}

const related: Readonly<Record<Comparison, (x: Tensor, y: Tensor) => Tensor>> = {
  '>=': (x, y) => x.atLeast(y),
  '<': (x, y) => x.lessThan(y),
  '<=': (x, y) => y.atLeast(x),
  '>': (x, y) => y.lessThan(x),
  '==': (x, y) => x.equals(y),
};

function constantLike(like: Tensor, { value }: Constant, fraction: number): Laid {
  const integer = floorAt(value, fraction);
  const format = narrowestFormat(interval(integer, integer), fraction);
  return { tensor: like.constantLike(toNumber(value), { shape: [], format }), axes: [] };
}

function multiplied(a: Laid, b: Laid, wanted: readonly string[]): Laid {
  const { tensors, axes } = together([a, b], wanted);
  return { tensor: tensors[0]!.mul(tensors[1]!), axes };
}

function contracted(a: Laid, b: Laid, axes: readonly string[]): Laid {
  return { tensor: a.tensor.contract(subscripts(a.axes, b.axes, axes), b.tensor), axes };
}

function reduced(laid: Laid, over: readonly string[]): Laid {
  const axis = laid.axes.findLastIndex((each) => over.includes(each));
  if (axis === -1) return laid;
  const tensor = laid.tensor.sum({ axis });
  return reduced({ tensor, axes: laid.axes.filter((_, i) => i !== axis) }, over);
}
