// Random programs over all ops: a few inputs, then lines that each take any of the values so far.
import fc from 'fast-check';
import { isLetheError } from '../diagnostics/diagnostic.ts';
import { arbitraryPieces } from './arbitrary-pieces.ts';
import { ProgramBuilder } from '../program/builder.ts';
import {
  bit,
  field,
  formatInterval,
  isOpaque,
  numeric,
  type FixedFormat,
  type Format,
} from '../ir/format.ts';
import type { Attributes, Program, TensorType } from '../ir/program.ts';
import { sizeOf, type Shape } from '../ir/shape.ts';

export interface ProgramOptions {
  /** Lines tried after the inputs; one that does not fit is left out. */
  readonly lines?: number;
  /** The widest input, in bits. */
  readonly bits?: number;
}

/** Programs of rank up to 3, formats of 2 to `bits` bits; every value that nothing uses is exposed. */
export function arbitraryProgram({
  lines = 8,
  bits = 60,
}: ProgramOptions = {}): fc.Arbitrary<Program> {
  return fc
    .gen()
    .map((g) => new RandomAuthor(g, bits).write(g(fc.integer, { min: 1, max: lines })));
}

type Draw = fc.GeneratorValue;

class RandomAuthor {
  readonly #builder = new ProgramBuilder();
  readonly #values: number[] = [];
  readonly #used = new Set<number>();
  #names = 0;

  constructor(
    private readonly g: Draw,
    private readonly bits: number,
  ) {}

  write(lines: number): Program {
    const inputs = this.below(3) + 1;
    for (let i = 0; i < inputs; i++) this.input(this.format(), this.shape());
    for (let i = 0; i < lines; i++) this.attempt(() => this.pick(makers)(this));
    for (const value of this.#values)
      if (!this.#used.has(value)) this.line('expose', [value], { name: this.name('y') });
    return this.#builder.finish('random', {});
  }

  /** A maker that finds nothing to work on, or whose line has no type, adds nothing. */
  private attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!isLetheError(error)) throw error;
    }
  }

  below(limit: number): number {
    return this.g(fc.nat, { max: limit - 1 });
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  integer(limit: bigint): bigint {
    return this.g(fc.bigInt, { min: -limit, max: limit });
  }

  shape(): Shape {
    return Array.from({ length: this.below(4) }, () => this.below(3) + 1);
  }

  format(): FixedFormat {
    const bits = this.below(this.bits - 1) + 2;
    const fraction = this.below(Math.min(bits, 30) + 1);
    return { kind: 'fixed', signed: this.below(2) === 1, bits, fraction };
  }

  typeOf(value: number): TensorType {
    return this.#builder.typeOf(value);
  }

  /** A value that `fits`; throws a LetheError where there is none, which ends the attempt. */
  value(fits: (type: TensorType) => boolean): number {
    const candidates = this.#values.filter((value) => fits(this.typeOf(value)));
    return candidates.length > 0 ? this.pick(candidates) : this.input(this.format(), this.shape());
  }

  number(rank = 0): number {
    return this.value(({ shape, format }) => !isOpaque(format) && shape.length >= rank);
  }

  /** Another value of that shape, with that many fractional bits. */
  like({ shape, format }: TensorType): number {
    const same = (type: TensorType): boolean =>
      !isOpaque(type.format) && JSON.stringify(type.shape) === JSON.stringify(shape);
    const candidates = this.#values.filter((value) => same(this.typeOf(value)));
    const fraction = numeric(format)?.fraction ?? 0;
    const value =
      candidates.length > 0 && this.below(3) > 0
        ? this.pick(candidates)
        : this.input({ ...this.format(), fraction }, shape);
    return this.aligned(value, fraction);
  }

  aligned(value: number, fraction: number): number {
    const own = numeric(this.typeOf(value).format)!.fraction;
    if (own === fraction) return value;
    if (own < fraction)
      return this.line('scale', [value], { factor: 1n << BigInt(fraction - own), fraction });
    const to: FixedFormat = { kind: 'fixed', signed: true, bits: 200, fraction };
    return this.line('rescale', [value], { to });
  }

  input(format: Format, shape: Shape): number {
    const visibility = this.pick(['secret', 'public'] as const);
    const exact = this.below(4) === 0 ? { exact: true } : {};
    return this.line('input', [], { name: this.name('x'), visibility, ...exact, format, shape });
  }

  /** A number that a constant was rounded from: a note, or what is meant, or none. */
  written(integer: bigint, fraction: number): Attributes {
    const near = (Number(integer) + this.pick([-0.5, -0.25, 0.4])) / 2 ** fraction;
    return this.pick([{}, { written: near }, { real: near }] as const);
  }

  line(op: string, args: readonly number[], attributes: Attributes = {}): number {
    const number = this.#builder.append(op, args, attributes);
    args.forEach((argument) => this.#used.add(argument));
    if (sizeOf(this.typeOf(number).shape) > 0) this.#values.push(number);
    return number;
  }

  private name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }
}

type Maker = (author: RandomAuthor) => void;

const binary =
  (op: string): Maker =>
  (a) => {
    const x = a.number();
    a.line(op, [x, a.below(4) === 0 ? x : a.like(a.typeOf(x))]);
  };

/** A movement along an axis of a value of rank 1 or more. */
const along =
  (op: string, attributes: (a: RandomAuthor, length: number) => Attributes): Maker =>
  (a) => {
    const x = a.value(({ shape }) => shape.length > 0);
    const { shape } = a.typeOf(x);
    if (shape.length === 0) return;
    const axis = a.below(shape.length);
    const args = op === 'concat' && a.below(2) === 0 ? [x, x] : [x];
    a.line(op, args, { axis, ...attributes(a, shape[axis]!) });
  };

const contractions: Readonly<Record<number, readonly string[]>> = {
  1: ['i,i->', 'i,i->i', 'i,j->ij'],
  2: ['ij,ij->', 'ij,ij->i', 'ij,kj->ik'],
  3: ['bij,bij->b', 'bij,bij->ij', 'bij,bkj->bik'],
};

/** An integer that a whole format holds. */
const whole = (a: RandomAuthor): number => {
  const own = (type: TensorType): boolean => numeric(type.format)?.fraction === 0;
  const x = a.value(own);
  return own(a.typeOf(x)) ? x : a.input({ ...a.format(), fraction: 0 }, a.shape());
};

const makers: readonly Maker[] = [
  binary('add'),
  binary('sub'),
  binary('at-least'),
  binary('max'),
  binary('min'),
  (a) => void a.line('abs', [a.number()]),
  (a) => void a.line('is-zero', [a.number()]),
  // A choice by a decision between what it compares.
  (a) => {
    const x = a.number();
    const y = a.like(a.typeOf(x));
    const bits = a.line('at-least', [x, y]);
    a.line('select', [bits, ...(a.below(2) === 0 ? [x, y] : [y, x])]);
  },
  (a) => {
    const x = a.number(1);
    const length = a.typeOf(x).shape.at(-1);
    if (length !== undefined) a.line('top-k', [x], { k: a.below(length) + 1 });
  },
  (a) => {
    const divisor = { kind: 'fixed', signed: false, bits: a.below(10) + 1, fraction: 0 } as const;
    const fixed = a.below(2) === 0;
    const y = fixed
      ? a.line('constant', [], {
          values: [BigInt(a.below(2 ** divisor.bits))],
          shape: [],
          format: divisor,
        })
      : a.input(divisor, []);
    a.line('div-mod', [whole(a), y]);
  },
  // A quotient by a divisor of at least one last place, forced to a number or within a tolerance.
  (a) => {
    const divisor = {
      kind: 'fixed',
      signed: false,
      bits: a.below(12) + 1,
      fraction: a.below(6),
    } as const;
    const last = { values: [1n], shape: [], format: { ...divisor, bits: 1 } };
    const b = a.line('add', [a.input(divisor, []), a.line('constant', [], last)]);
    const x = a.number();
    const { bits, fraction } = numeric(a.typeOf(x).format)!;
    const to: FixedFormat = {
      kind: 'fixed',
      signed: true,
      bits: bits + divisor.fraction + 8,
      fraction: a.below(fraction + 6),
    };
    const span = 1n << BigInt(to.bits - 1);
    const box = { to, low: -span, high: span - 1n };
    const tolerance = 1n << BigInt(to.fraction + divisor.bits + fraction);
    if (a.below(2) === 0) a.line('near-root', [x, b], { ...box, tolerance });
    else a.line('root', [x, b], { ...box, rounding: a.pick(['nearest', 'down']) });
  },
  // The square root of a number that is not negative.
  (a) => {
    const v = a.line('abs', [a.number()]);
    const { bits, fraction } = numeric(a.typeOf(v).format)!;
    const to: FixedFormat = {
      kind: 'fixed',
      signed: false,
      bits: bits + 2,
      fraction: Math.ceil(fraction / 2),
    };
    const number = (value: bigint): number =>
      a.line('constant', [], {
        values: [value],
        shape: [],
        format: { kind: 'fixed', signed: false, bits: 1, fraction: 0 },
      });
    const negative = a.line('scale', [v], { factor: -1n, fraction });
    const box = { to, low: 0n, high: (1n << BigInt(to.bits)) - 1n, rounding: 'down' };
    a.line('root', [negative, number(0n), number(1n)], box);
  },
  (a) => {
    const x = whole(a);
    a.line('bits', [x], { count: numeric(a.typeOf(x).format)!.bits });
  },
  (a) => {
    const x = a.number(1);
    const length = a.typeOf(x).shape[0];
    if (length === undefined) return;
    const bits = a.below(2) + 1;
    a.line('take', [x, a.input({ kind: 'fixed', signed: false, bits, fraction: 0 }, [])]);
  },
  (a) => {
    const x = a.number();
    a.line('mul', [x, a.below(3) === 0 ? x : a.number()]);
  },
  (a) => {
    const [x, fraction, factor] = [a.number(), a.below(20), a.integer(1n << 16n)];
    const added = fraction - numeric(a.typeOf(x).format)!.fraction;
    a.line('scale', [x], { factor, fraction, ...a.written(factor, added) });
  },
  (a) => {
    const x = a.number();
    const type = a.typeOf(x);
    const masks =
      a.below(2) === 0 ? a.input(bit, type.shape) : a.value(({ format }) => format.kind === 'bit');
    a.line('select', [masks, x, a.like(type)]);
  },
  (a) => {
    const x = a.number(1);
    const type = a.typeOf(x);
    const subscripts = contractions[type.shape.length];
    if (subscripts)
      a.line('contract', [x, a.below(2) === 0 ? x : a.like(type)], {
        subscripts: a.pick(subscripts),
      });
  },
  // A sum of products less itself is 0, and twice it is what it is.
  (a) => {
    const x = a.number(1);
    const type = a.typeOf(x);
    const choices = contractions[type.shape.length];
    if (!choices) return;
    const [subscripts, y] = [a.pick(choices), a.like(type)];
    const lanes = a.below(2) === 0 ? {} : { lanes: 2 };
    const sums = a.line('contract', [x, y], { subscripts, ...lanes });
    const { fraction } = numeric(a.typeOf(sums).format)!;
    const rest = a.line('scale', [sums], { factor: a.pick([1n, -1n]), fraction });
    const limit = a.integer(1n << 30n);
    const [low, high] = limit < 0n ? [limit, 1n << 60n] : [-(1n << 60n), limit];
    a.line('assert-residual', [rest, x, y], { subscripts, low, high, ...lanes });
  },
  (a) => {
    const x = a.number(1);
    const { shape } = a.typeOf(x);
    if (shape.length > 0) a.line('reduce-sum', [x], { axis: a.below(shape.length) });
  },
  (a) => {
    const x = a.value(() => true);
    a.line('reshape', [x], { to: [sizeOf(a.typeOf(x).shape), 1].slice(a.below(2)) });
  },
  (a) => {
    const x = a.value(() => true);
    a.line('transpose', [x], { order: [...a.typeOf(x).shape.keys()].reverse() });
  },
  along('slice', (a, length) => {
    const start = a.below(length);
    return { start, end: start + 1 + a.below(length - start) };
  }),
  along('gather', (a, length) => ({
    indices: Array.from({ length: a.below(3) + 1 }, () => a.below(length)),
  })),
  along('concat', () => ({})),
  (a) => {
    const x = a.number();
    const own = numeric(a.typeOf(x).format)!;
    const fraction = a.below(own.fraction + 1);
    // Half of the time it fits for certain.
    const bits = a.below(2) === 0 ? own.bits + 1 : a.below(own.bits) + 2;
    a.line('rescale', [x], {
      to: { kind: 'fixed', signed: own.signed || a.below(2) === 0, bits, fraction },
    });
  },
  (a) => {
    const x = a.value(({ format }) => (numeric(format)?.bits ?? 64) <= 32);
    const own = numeric(a.typeOf(x).format);
    if (!own || own.bits > 32) return;
    const pieces = arbitraryPieces(formatInterval(own), (limit) => a.below(limit), a.below(9));
    // Only functions that are finite everywhere: float64 has no difference of infinities.
    a.line('piecewise', [x], { function: a.pick(['sigmoid', 'tanh']), ...pieces });
  },
  (a) => {
    const format = a.format();
    const { low, high } = formatInterval(format);
    const shape = a.shape();
    const values = Array.from({ length: sizeOf(shape) }, () => a.pick([low, high, 0n, 1n]));
    a.line('constant', [], { values, format, shape });
  },
  (a) => {
    const x = a.value(({ format }) => format.kind === 'fixed' && !format.signed);
    const { shape } = a.typeOf(x);
    const format: Format = { kind: 'fixed', signed: false, bits: 50, fraction: 8 };
    a.line('advice', [x], { hint: 'square-root', shape, format });
  },
  (a) => {
    const x = a.number();
    const limit = a.integer(1n << 30n);
    const [low, high] = limit < 0n ? [limit, 1n << 40n] : [-(1n << 40n), limit];
    a.line('assert-within', [x], { low, high });
  },
  (a) => void a.line('assert-accurate', [a.number()], { within: 2 ** 300 }),
  (a) => void a.line('assume', [], { name: 'random.within', reason: '"random"' }),
  (a) => {
    const x = a.number();
    a.line('assert-zero', [a.line('sub', [x, x])]);
  },
  (a) => {
    const x = a.number(1);
    if (a.typeOf(x).shape.length > 0) a.line('hash', [a.line('pack', [x])]);
  },
  (a) => {
    const x = a.value(({ shape, format }) => format.kind === 'field' && shape.length > 0);
    const { shape, format } = a.typeOf(x);
    a.line('hash', [format.kind === 'field' && shape.length > 0 ? x : a.input(field, [2])]);
  },
  (a) => {
    const words = a.input(
      { kind: 'fixed', signed: false, bits: 64, fraction: 0 },
      a.below(2) === 0 ? [1] : [2, 2],
    );
    const bits = a.pick([12, 24, 48]);
    const to: FixedFormat = {
      kind: 'fixed',
      signed: a.below(2) === 1,
      bits,
      fraction: a.below(20),
    };
    a.line('unpack', [words], { to, length: 48 / bits });
  },
  (a) => {
    const x = a.value(({ shape, format }) => format.kind === 'field' && shape.length > 0);
    const { shape, format } = a.typeOf(x);
    const own = format.kind === 'field' && shape.length > 0;
    a.line('compress', [own ? x : a.input(field, [a.below(5) + 1])]);
  },
  // A system with 8 on the diagonal and a small symmetric part besides: its eigenvalues are at least 2.
  (a) => {
    const n = a.below(3) + 1;
    const fraction = a.below(12) + 6;
    const small: FixedFormat = { kind: 'fixed', signed: true, bits: 9, fraction: 8 };
    const solution: FixedFormat = { kind: 'fixed', signed: true, bits: fraction + 8, fraction };
    const values = Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 8n << 8n : 0n));
    const diagonal = a.line('constant', [], {
      values,
      shape: [n, n],
      format: { ...small, bits: 13 },
    });
    const part = a.input(small, [n, n]);
    const turned = a.line('transpose', [part], { order: [1, 0] });
    const matrix = a.line('add', [a.line('add', [part, turned]), diagonal]);
    const rhs = a.input({ ...solution, bits: fraction + 12, fraction: fraction + 8 }, [n]);
    const held = a.input({ ...solution, bits: fraction + 2 }, [n]);
    a.line('solve', [matrix, rhs, a.input(bit, [n]), held], {
      to: solution,
      tolerance: 1n << BigInt(8 + a.below(6)),
      smallestEigenvalue: 2,
    });
  },
  // Entries of the factor below 2, and a damping of 1.
  (a) => {
    const [n, r] = [a.below(3) + 1, a.below(3) + 1];
    const fraction = a.below(12) + 6;
    const small: FixedFormat = { kind: 'fixed', signed: true, bits: 7, fraction: 5 };
    const solution: FixedFormat = { kind: 'fixed', signed: true, bits: fraction + 8, fraction };
    const held = a.input({ ...solution, bits: fraction + 2 }, [n]);
    const origin = a.input({ ...solution, bits: fraction + 2 }, [n]);
    a.line('solve-gram', [a.input(small, [r, n]), a.input(bit, [n]), held, origin], {
      to: solution,
      tolerance: 1n << BigInt(12 + a.below(6)),
      damping: 1n << 10n,
    });
  },
];
