// For every op, random programs that use it. A new op is tested by all laws as soon as it stands here.
import fc from 'fast-check';
import { searchPieces } from '../../../compiler/functions/search.ts';
import {
  bit,
  field,
  formatInterval,
  numeric,
  type FixedFormat,
  type Format,
} from '../../../compiler/ir/format.ts';
import type { Attributes, Program } from '../../../compiler/ir/program.ts';
import { hull } from '../../../compiler/numbers/interval.ts';
import { arbitraryPieces } from '../../../compiler/testing/arbitrary-pieces.ts';
import { broadcast, sizeOf, type Shape } from '../../../compiler/ir/shape.ts';
import { exposing, program } from './author.ts';
import { nearRoots, roots } from './root-programs.ts';

export const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 });
const ranked = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });

export const formats: fc.Arbitrary<FixedFormat> = fc
  .record({ signed: fc.boolean(), bits: fc.integer({ min: 2, max: 40 }) })
  .chain(({ signed, bits }) =>
    fc
      .integer({ min: 0, max: bits })
      .map((fraction) => ({ kind: 'fixed' as const, signed, bits, fraction })),
  );

const anyFormat: fc.Arbitrary<Format> = fc.oneof(
  { weight: 4, arbitrary: formats },
  { weight: 1, arbitrary: fc.constantFrom(bit, field) },
);

/** Two shapes that broadcast together. */
const pairs = shapes.chain((shape) =>
  fc
    .record({
      drop: fc.integer({ min: 0, max: shape.length }),
      ones: fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
    })
    .map(({ drop, ones }): [Shape, Shape] => [
      shape,
      shape.map((length, axis) => (ones[axis] ? 1 : length)).slice(drop),
    ]),
);

/** The second format with the first one's fractional bits. */
const sameFraction = fc
  .tuple(formats, formats)
  .map(([a, b]): [FixedFormat, FixedFormat] => [a, { ...b, fraction: a.fraction }]);

/** Constants as they are, with the number that was written as a note, or with it as the one that is meant. */
const roundings = fc.record({
  key: fc.constantFrom('exact' as const, 'written' as const, 'real' as const, 'real' as const),
  off: fc.constantFrom(-0.5, -0.25, 0.125, 0.499),
});

const elementwise = (op: string, formatPairs: fc.Arbitrary<[FixedFormat, FixedFormat]>) =>
  fc
    .tuple(pairs, formatPairs)
    .map(([[x, y], [f, g]]) =>
      exposing((a) => a.line(op, [a.input(f, x), a.input(g, y, 'public')])),
    );

const axisOf = (shape: Shape) => fc.integer({ min: 0, max: shape.length - 1 });

const movement = (
  op: string,
  attributes: (shape: Shape) => fc.Arbitrary<Attributes>,
): fc.Arbitrary<Program> =>
  fc
    .tuple(ranked, anyFormat)
    .chain(([shape, format]) =>
      attributes(shape).map((given) =>
        exposing((a) => a.line(op, [a.input(format, shape)], given)),
      ),
    );

const within = fc.tuple(
  fc.bigInt({ min: 0n, max: 1n << 24n }),
  fc.bigInt({ min: 0n, max: 1n << 24n }),
);

const contractions: readonly [string, Shape, Shape][] = [
  ['i,i->', [3], [3]],
  ['ij,j->i', [2, 3], [3]],
  ['ij,jk->ik', [2, 2], [2, 3]],
  ['bij,bj->bi', [2, 2, 3], [2, 3]],
  ['i,j->ij', [2], [3]],
  ['ii,i->i', [3, 3], [3]],
  ['ij,->ji', [2, 3], []],
];

/** Signed limbs, some of them replaced by zeros: what shares the sums of its other factor. */
const limbContraction = fc
  .record({
    keep: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    transposed: fc.boolean(),
    signed: fc.boolean(),
    format: formats,
    same: fc.boolean(),
  })
  .map(({ keep, transposed, signed, format, same }) =>
    exposing((a) => {
      const limb: FixedFormat = { kind: 'fixed', signed, bits: 12, fraction: 7 };
      const words = a.input({ kind: 'fixed', signed: false, bits: 64, fraction: 0 }, [3]);
      const limbs = a.line('unpack', [words], { to: limb, length: 9 });
      const zero = a.line('constant', [], { values: [0n], shape: [1], format: limb });
      const all = a.line('concat', [limbs, zero], { axis: 0 });
      const indices = keep.map((kept, i) => (kept ? i : 9));
      const chosen = a.line('gather', [all], { axis: 0, indices });
      const matrix = a.line('reshape', [chosen], { to: [3, 3] });
      const vector = a.input(format, [3]);
      const moved = same ? vector : a.line('add', [vector, vector]);
      const subscripts = transposed ? 'ji,j->i' : 'ij,j->i';
      return a.line('contract', [matrix, moved], { subscripts });
    }),
  );

/** In lanes: rows of one matrix with one vector or several, constants among them; sums that are left over, and widths of all kinds. */
const laneContraction = fc
  .record({
    subscripts: fc.constantFrom('ij,j->i', 'ij,jk->ik', 'bij,bj->bi', 'ji,j->i', 'ij,ij->i'),
    rows: fc.integer({ min: 1, max: 4 }),
    inner: fc.integer({ min: 1, max: 3 }),
    bits: fc.tuple(fc.integer({ min: 2, max: 24 }), fc.integer({ min: 2, max: 36 })),
    signed: fc.boolean(),
    lanes: fc.integer({ min: 2, max: 4 }),
    zeros: fc.boolean(),
    summed: fc.boolean(),
  })
  .map(({ subscripts, rows, inner, bits: [few, more], signed, lanes, zeros, summed }) =>
    exposing((a) => {
      const lengths = new Map(Object.entries({ b: 2, i: rows, j: inner, k: 2 }));
      const shapeOf = (letters: string): Shape => [...letters].map((each) => lengths.get(each)!);
      const [left, right] = subscripts.split(/,|->/) as [string, string];
      const format: FixedFormat = { kind: 'fixed', signed, bits: few, fraction: 1 };
      const whole = shapeOf(left);
      const input = a.input(format, whole);
      const entries = summed ? a.line('add', [input, a.input(format, whole)]) : input;
      const mask = a.line('constant', [], {
        values: Array.from({ length: sizeOf(whole) }, (_, i) => BigInt(i % 2)),
        shape: whole,
        format: bit,
      });
      const matrix = zeros ? a.line('mul', [entries, mask]) : entries;
      const vector = a.input({ ...format, bits: more, signed: true }, shapeOf(right));
      // At most 64 bits for each sum: three lanes of them fit.
      const most = few + more > 58 ? 3 : lanes;
      return a.line('contract', [matrix, vector], { subscripts, lanes: most });
    }),
  );

/** A symmetric system, no eigenvalue below 4: 8 on the diagonal, up to 4 × 4 entries below 1 besides. */
const solvable = fc
  .record({
    n: fc.integer({ min: 1, max: 4 }),
    batch: fc.integer({ min: 1, max: 2 }),
    matrixFraction: fc.integer({ min: 4, max: 12 }),
    fraction: fc.integer({ min: 6, max: 20 }),
    tight: fc.boolean(),
  })
  .map(({ n, batch, matrixFraction, fraction, tight }) =>
    exposing((a) => {
      const format: FixedFormat = { kind: 'fixed', signed: true, bits: fraction + 5, fraction };
      const small: FixedFormat = { ...format, bits: matrixFraction, fraction: matrixFraction };
      const residual = matrixFraction + fraction;
      const diagonal = a.line('constant', [], {
        values: Array.from({ length: n * n }, (_, k) =>
          k % (n + 1) === 0 ? 8n << BigInt(matrixFraction) : 0n,
        ),
        shape: [n, n],
        format: { ...small, bits: matrixFraction + 6 },
      });
      const part = a.input(small, [batch, n, n]);
      const turned = a.line('transpose', [part], { order: [0, 2, 1] });
      const matrix = a.line('add', [a.line('add', [part, turned]), diagonal]);
      // Up to 256, twice of what a solution in its format belongs to.
      const rhs = a.input({ ...format, bits: residual + 9, fraction: residual }, [batch, n]);
      const pinned = a.input(bit, [batch, n], 'public');
      const values = a.input({ ...format, bits: fraction + 3 }, [batch, n]);
      // Rounding x to its last place leaves at most ½ Σ |a| ≤ 8 units of 2^matrixFraction.
      const tolerance = 1n << BigInt(matrixFraction + (tight ? 0 : 4));
      const attributes = { to: format, tolerance, smallestEigenvalue: 4 };
      return a.line('solve', [matrix, rhs, pinned, values], attributes);
    }),
  );

/** Entries of the factor below 1, and a damping of 4. */
const gramSolvable = fc
  .record({
    n: fc.integer({ min: 1, max: 4 }),
    r: fc.integer({ min: 1, max: 3 }),
    batch: fc.integer({ min: 1, max: 2 }),
    factorFraction: fc.integer({ min: 3, max: 9 }),
    fraction: fc.integer({ min: 6, max: 20 }),
    tight: fc.boolean(),
  })
  .map(({ n, r, batch, factorFraction, fraction, tight }) =>
    exposing((a) => {
      const format: FixedFormat = { kind: 'fixed', signed: true, bits: fraction + 5, fraction };
      const small: FixedFormat = { ...format, bits: factorFraction + 1, fraction: factorFraction };
      const factor = a.input(small, [batch, r, n]);
      const pinned = a.input(bit, [batch, n], 'public');
      // As wide as the solution: where o lies at the end of the format, x may have to lie past it, and its range check is not idle.
      const values = a.input(format, [batch, n]);
      // Rounding x to its last place leaves at most ½ (4 + n r) ≤ 8 units of 2^(2 factorFraction).
      const tolerance = 1n << BigInt(2 * factorFraction + (tight ? 1 : 4));
      const attributes = { to: format, tolerance, damping: 4n << BigInt(2 * factorFraction) };
      const origin = a.input(format, [batch, n]);
      return a.line('solve-gram', [factor, pinned, values, origin], attributes);
    }),
  );

/** Pieces that are chosen for a function. */
const chosenPieces = fc
  .record({
    name: fc.constantFrom('exp', 'log', 'sigmoid', 'tanh'),
    shape: shapes,
    fraction: fc.integer({ min: 2, max: 4 }),
    narrow: fc.boolean(),
  })
  .map(({ name, shape, fraction, narrow }) =>
    exposing((a) => {
      const format: FixedFormat = { kind: 'fixed', signed: true, bits: fraction + 3, fraction };
      const whole = a.input(format, shape);
      const bounds = { low: name === 'log' ? 1n : -13n, high: 11n };
      const x = narrow || name === 'log' ? a.line('assert-within', [whole], bounds) : whole;
      const resultFraction = fraction + 1;
      const pieces = searchPieces({
        function: name,
        x: hull(...a.builder.intervalsOf(x)),
        fraction,
        resultFraction,
        within: 2 ** -(resultFraction + 1),
      });
      const to: FixedFormat = { ...format, bits: 12, fraction: resultFraction };
      return a.line('piecewise', [x], { function: name, ...pieces, to });
    }),
  );

/** Pieces that have nothing to do with their function. */
const anyPieces = fc
  .record({
    name: fc.constantFrom('exp', 'log', 'sigmoid', 'tanh'),
    shape: shapes,
    signed: fc.boolean(),
    bits: fc.integer({ min: 2, max: 20 }),
    fraction: fc.nat(20),
    resultFraction: fc.nat(12),
    draws: fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
  })
  .map(({ name, shape, signed, bits, fraction, resultFraction, draws }) =>
    exposing((a) => {
      const format: FixedFormat = { kind: 'fixed', signed, bits, fraction };
      let drawn = 0;
      const below = (limit: number): number => draws[drawn++ % draws.length]! % limit;
      const pieces = arbitraryPieces(formatInterval(format), below, resultFraction);
      return a.line('piecewise', [a.input(format, shape)], { function: name, ...pieces });
    }),
  );

export const programs: Readonly<Record<string, fc.Arbitrary<Program>>> = {
  input: fc
    .tuple(shapes, anyFormat, fc.constantFrom('public', 'secret'), fc.boolean())
    .map(([shape, format, visibility, exact]) =>
      exposing((a) => a.input(format, shape, visibility, exact ? { exact } : {})),
    ),

  constant: fc
    .tuple(
      shapes,
      sameFraction,
      fc.array(fc.boolean(), { minLength: 27, maxLength: 27 }),
      roundings,
    )
    .map(([shape, [format, other], bits, rounding]) =>
      exposing((a) => {
        const values = bits.slice(0, sizeOf(shape)).map((b) => (b ? 1n : 0n));
        const { key, off } = rounding;
        const near = { [key]: values.map((value) => (Number(value) + off) / 2 ** format.fraction) };
        const kept = key === 'exact' ? {} : near;
        const constant = a.line('constant', [], { values, ...kept, shape, format });
        return a.line('add', [a.input(other, shape), constant]);
      }),
    ),

  advice: shapes.map((shape) =>
    exposing((a) => {
      const format: FixedFormat = { kind: 'fixed', signed: false, bits: 20, fraction: 8 };
      const x = a.input({ ...format, bits: 12 }, shape);
      return a.line('advice', [x], { hint: 'square-root', shape, format });
    }),
  ),

  add: elementwise('add', sameFraction),
  sub: elementwise('sub', sameFraction),
  mul: elementwise('mul', fc.tuple(formats, formats)),

  scale: fc
    .tuple(shapes, formats, fc.bigInt({ min: -(1n << 20n), max: 1n << 20n }), fc.nat(30), roundings)
    .map(([shape, format, factor, fraction, { key, off }]) =>
      exposing((a) => {
        const near = (Number(factor) + off) / 2 ** (fraction - format.fraction);
        const kept = key === 'exact' ? {} : { [key]: near };
        return a.line('scale', [a.input(format, shape)], { factor, fraction, ...kept });
      }),
    ),

  select: fc.tuple(pairs, sameFraction, fc.boolean()).map(([[x, y], [f, g], swap]) =>
    exposing((a) => {
      const mask = a.input(bit, swap ? broadcast(x, y) : y, 'public');
      return a.line('select', [mask, a.input(f, x), a.input(g, y)]);
    }),
  ),

  'at-least': fc
    .tuple(pairs, sameFraction, fc.integer({ min: 0, max: 3 }), fc.boolean())
    .map(([[x, y], [f, g], scaled, choosing]) =>
      exposing((a) => {
        const [left, right] = [a.input(f, x), a.input(g, y, 'public')];
        // A common factor of the difference is divided out.
        const factor = { factor: BigInt(2 * scaled + 1), fraction: f.fraction };
        const [p, q] =
          scaled === 0 ? [left, right] : [left, right].map((v) => a.line('scale', [v], factor));
        const bits = a.line('at-least', [p!, q!]);
        // The two values of the choice are as far apart as the operands.
        return choosing ? a.line('select', [bits, left, right]) : bits;
      }),
    ),

  'is-zero': fc.tuple(shapes, formats, fc.boolean()).map(([shape, format, small]) =>
    exposing((a) => {
      const few = { ...format, bits: small ? 2 : format.bits };
      return a.line('is-zero', [a.input(few, shape)]);
    }),
  ),

  max: elementwise('max', sameFraction),
  min: elementwise('min', sameFraction),

  abs: fc.tuple(shapes, formats, fc.boolean()).map(([shape, format, summed]) =>
    exposing((a) => {
      const x = a.input(format, shape);
      return a.line('abs', [summed ? a.line('sub', [x, a.input(format, shape)]) : x]);
    }),
  ),

  'top-k': ranked.chain((shape) =>
    fc
      .tuple(formats, fc.integer({ min: 1, max: shape.at(-1)! }), fc.boolean())
      .map(([format, k, tied]) =>
        exposing((a) => {
          const bits = tied ? 2 : format.bits;
          return a.line('top-k', [a.input({ ...format, bits }, shape)], { k });
        }),
      ),
  ),

  'div-mod': fc
    .tuple(
      pairs,
      formats,
      fc.integer({ min: 1, max: 20 }),
      fc.option(fc.bigInt({ min: 1n, max: 1000n })),
    )
    .map(([[x, y], format, bits, divisor]) =>
      exposing((a) => {
        const whole: FixedFormat = { ...format, fraction: 0 };
        const small: FixedFormat = { kind: 'fixed', signed: false, bits, fraction: 0 };
        const by =
          divisor === null
            ? a.input(small, y)
            : a.line('constant', [], {
                values: [divisor],
                format: { ...small, bits: 10 },
                shape: [],
              });
        return a.line('div-mod', [a.input(whole, x), by]);
      }),
    ),

  root: roots,
  'near-root': nearRoots,

  bits: fc
    .tuple(shapes, fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 14 }), fc.boolean())
    .map(([shape, width, count, signed]) =>
      exposing((a) => {
        const format: FixedFormat = { kind: 'fixed', signed, bits: width, fraction: 0 };
        return a.line('bits', [a.input(format, shape)], { count });
      }),
    ),

  contract: fc.oneof(
    fc
      .tuple(fc.constantFrom(...contractions), formats, formats)
      .map(([[subscripts, x, y], f, g]) =>
        exposing((a) => a.line('contract', [a.input(f, x), a.input(g, y)], { subscripts })),
      ),
    limbContraction,
    laneContraction,
  ),

  'reduce-sum': fc
    .tuple(ranked, formats)
    .chain(([shape, format]) =>
      axisOf(shape).map((axis) =>
        exposing((a) => a.line('reduce-sum', [a.input(format, shape)], { axis })),
      ),
    ),

  reshape: movement('reshape', (shape) => fc.constant({ to: [...shape, 1].reverse() })),
  transpose: movement('transpose', (shape) =>
    fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }).map((order) => ({ order })),
  ),
  slice: movement('slice', (shape) =>
    axisOf(shape).chain((axis) =>
      fc
        .integer({ min: 0, max: shape[axis]! - 1 })
        .chain((start) =>
          fc.integer({ min: start + 1, max: shape[axis]! }).map((end) => ({ axis, start, end })),
        ),
    ),
  ),
  gather: movement('gather', (shape) =>
    axisOf(shape).chain((axis) =>
      fc
        .array(fc.integer({ min: 0, max: shape[axis]! - 1 }), { minLength: 1, maxLength: 4 })
        .map((indices) => ({ axis, indices })),
    ),
  ),
  take: fc
    .record({
      n: fc.integer({ min: 1, max: 6 }),
      inner: fc.constantFrom<Shape>([], [1], [2], [3], [2, 2]),
      outer: fc.constantFrom<Shape>([], [1], [2]),
      format: formats,
      // Most indices are on the axis, so that all of them are tried.
      more: fc.constantFrom(0, 0, 1),
      signed: fc.boolean(),
      known: fc.boolean(),
    })
    .map(({ n, inner, outer, format, more, signed, known }) =>
      exposing((a) => {
        const shape = [n, ...inner];
        const values = Array.from({ length: sizeOf(shape) }, (_, i) => BigInt(i % 2));
        const x = known
          ? a.line('constant', [], { values, shape, format })
          : a.input(format, shape);
        const bits = Math.max(1, Math.ceil(Math.log2(n))) + more + Number(signed);
        const index = a.input({ kind: 'fixed', signed, bits, fraction: 0 }, outer);
        return a.line('take', [x, index]);
      }),
    ),
  concat: fc
    .tuple(ranked, anyFormat, fc.integer({ min: 1, max: 3 }))
    .chain(([shape, format, length]) =>
      axisOf(shape).map((axis) =>
        exposing((a) => {
          const other = shape.map((n, i) => (i === axis ? length : n));
          return a.line('concat', [a.input(format, shape), a.input(format, other)], { axis });
        }),
      ),
    ),

  rescale: fc.tuple(shapes, formats, formats).map(([shape, from, to]) =>
    exposing((a) => {
      const target = { ...to, fraction: Math.min(to.fraction, from.fraction) };
      return a.line('rescale', [a.input(from, shape)], { to: target });
    }),
  ),

  piecewise: fc.oneof(chosenPieces, anyPieces),

  solve: solvable,
  'solve-gram': gramSolvable,

  'assert-zero': fc.tuple(shapes, sameFraction).map(([shape, [f, g]]) =>
    program((a) => {
      const [x, y] = [a.input(f, shape, 'public'), a.input(g, shape)];
      a.line('assert-zero', [a.line('mul', [x, y])]);
      a.expose(a.line('add', [x, y]));
    }),
  ),

  // Nothing, or a line that takes what is asserted: its interval, and with it its own checks, rest on the assertion.
  'assert-within': fc
    .tuple(shapes, formats, within, fc.constantFrom('nothing', 'square', 'round', 'assert'))
    .map(([shape, format, [below, above], then]) =>
      program((a) => {
        const x = a.input(format, shape, 'public');
        const narrow = a.line('assert-within', [x], { low: -below, high: above });
        if (then === 'square') a.expose(a.line('mul', [narrow, narrow]));
        if (then === 'round')
          a.expose(a.line('rescale', [narrow], { to: { ...format, fraction: 0 } }));
        if (then === 'assert') {
          const both = a.line('assert-within', [narrow], { low: 0n, high: above >> 1n });
          a.expose(a.line('sub', [both, x]));
        }
      }),
    ),

  // A claim x of M v, off by little or not at all where a prover is honest; and small residuals of anything.
  'assert-residual': fc
    .record({
      rows: fc.integer({ min: 1, max: 3 }),
      inner: fc.integer({ min: 1, max: 2 }),
      bits: fc.integer({ min: 2, max: 16 }),
      bounds: fc.tuple(
        fc.bigInt({ min: 0n, max: 1n << 10n }),
        fc.bigInt({ min: 0n, max: 1n << 10n }),
      ),
      lanes: fc.constantFrom(undefined, 2, 2, 3),
    })
    .map(({ rows, inner, bits, bounds: [below, above], lanes }) =>
      program((a) => {
        const format: FixedFormat = { kind: 'fixed', signed: true, bits, fraction: 2 };
        const matrix = a.input({ ...format, bits: 4 }, [rows, inner]);
        const vector = a.input(format, [inner], 'public');
        const x = a.input({ ...format, bits: 24, fraction: 4 }, [rows], 'public');
        a.line('assert-residual', [x, matrix, vector], {
          subscripts: 'ij,j->i',
          low: -below,
          high: above,
          ...(lanes === undefined ? {} : { lanes }),
        });
      }),
    ),

  'assert-accurate': fc.tuple(shapes, formats).map(([shape, format]) =>
    program((a) => {
      const x = a.input(format, shape, 'public');
      a.line('assert-accurate', [x], { within: 1 });
      a.expose(x);
    }),
  ),

  assume: fc.tuple(shapes, formats).map(([shape, format]) =>
    program((a) => {
      a.line('assume', [], { name: 'x.within', reason: 'nothing rests on it' });
      a.expose(a.input(format, shape));
    }),
  ),

  pack: fc
    .tuple(ranked, fc.oneof(formats, fc.constant(bit)), fc.nat(1023))
    .map(([shape, format, wanted]) => {
      // Bits that are left above the lanes.
      const domain = wanted % 2 ** Math.min(10, 254 % numeric(format)!.bits);
      return exposing((a) =>
        a.line('pack', [a.input(format, shape)], domain === 0 ? {} : { domain }),
      );
    }),

  unpack: fc
    .tuple(
      fc.constantFrom<Shape>([1], [2], [2, 1], [2, 2]),
      fc.constantFrom(12, 24, 36, 48),
      fc.nat(20),
      fc.boolean(),
    )
    .map(([shape, bits, fraction, signed]) =>
      exposing((a) => {
        const words = a.input({ kind: 'fixed', signed: false, bits: 64, fraction: 0 }, shape);
        const to: FixedFormat = { kind: 'fixed', signed, bits, fraction };
        return a.line('unpack', [words], { to, length: Math.floor((shape.at(-1)! * 48) / bits) });
      }),
    ),

  compress: ranked.map((shape) => exposing((a) => a.line('compress', [a.input(field, shape)]))),

  hash: ranked.map((shape) => exposing((a) => a.line('hash', [a.input(field, shape)]))),

  expose: fc
    .tuple(shapes, formats)
    .map(([shape, format]) =>
      exposing((a) => a.line('add', [a.input(format, shape), a.input(numeric(format)!, shape)])),
    ),
};
