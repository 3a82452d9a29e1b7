// Random systems over a small prime, shaped like what circuits are made of, some with a gate lost or loosened.
//
// A program is a list of instructions on a pool of values, which the inputs begin. Weights below follow what lowerings
// use: quotients and remainders, bits, products, selections, sums; asserted solutions (inverses, roots, systems of two) and
// plain advice are rarer. Values that an instruction makes join the pool, so later ones build on them.
import fc from 'fast-check';
import {
  arithmeticOf,
  type Arithmetic,
} from '../../../../../compiler/analyses/determinism/arithmetic.ts';
import type { Gate } from '../../../../../compiler/constraints/gates.ts';
import type { ConstraintSystem } from '../../../../../compiler/constraints/system.ts';
import { primeField } from '../../../../../compiler/numbers/field.ts';
import {
  add,
  constant,
  linear,
  offset,
  scale,
  SmallBuilder,
  subtract,
  type Expression,
} from './build.ts';

interface Setting {
  readonly p: number;
  readonly limbBits: number;
  readonly limbOffsets: readonly number[];
  readonly mostInputs: number;
}

/** Rows of 5 bits wrap around below 31; over 67 they fit, with room for signed bounds. */
const settings: readonly Setting[] = [
  { p: 7, limbBits: 2, limbOffsets: [1, 2, 3, 4], mostInputs: 3 },
  { p: 11, limbBits: 2, limbOffsets: [1, 3, 5, 7], mostInputs: 3 },
  { p: 13, limbBits: 2, limbOffsets: [1, 3, 5, 7], mostInputs: 3 },
  { p: 17, limbBits: 3, limbOffsets: [1, 4, 7, 10], mostInputs: 2 },
  { p: 31, limbBits: 2, limbOffsets: [1, 3, 5, 7], mostInputs: 2 },
  { p: 31, limbBits: 3, limbOffsets: [1, 4, 7, 10], mostInputs: 2 },
  { p: 67, limbBits: 1, limbOffsets: [1, 2, 3, 4], mostInputs: 1 },
];

/** Too large for random programs, with room for polynomials. */
const larger: readonly Omit<Setting, 'mostInputs'>[] = [
  { p: 61, limbBits: 3, limbOffsets: [1, 4, 7, 10] },
  { p: 127, limbBits: 3, limbOffsets: [1, 4, 7, 10] },
];

export const arithmetics: readonly Arithmetic[] = [...settings, ...larger].map(({ p, ...row }) =>
  arithmeticOf(primeField(BigInt(p)), row),
);

/** What an instruction may pick: any values, a factor, a width. */
interface Picks {
  readonly a: Expression;
  readonly b: Expression;
  readonly c: Expression;
  readonly k: number;
}

type Instruction = (builder: SmallBuilder, picks: Picks) => readonly Expression[];

const width = (builder: SmallBuilder, k: number): number => 1 + (k % builder.limbBits);

const instructions: Readonly<Record<string, readonly [weight: number, run: Instruction]>> = {
  // a = 2^s q + r
  rescale: [
    6,
    (builder, { a, k }) => {
      const shift = width(builder, k);
      const [r, q] = [builder.ranged(shift), builder.ranged(builder.limbBits)];
      builder.assertZero(linear([a, q, r], [1n, -(1n << BigInt(shift)), -1n]));
      return [q];
    },
  ],
  bits: [
    3,
    (builder, { a, k }) => {
      const bits = Array.from({ length: 2 + (k % 2) }, () => builder.ranged(1));
      const weights = bits.map((_, i) => 1n << BigInt(i));
      builder.assertEqual(linear(bits, weights), a);
      return bits;
    },
  ],
  row: [2, (builder, { a }) => [...builder.row(a).slice(0, 2), a]],
  range: [
    3,
    (builder, { a, k }) => {
      builder.range(a, width(builder, k));
      return [];
    },
  ],
  product: [5, (builder, { a, b }) => [builder.product(a, b)]],
  square: [1, (builder, { a }) => [builder.product(a, a)]],
  sum: [5, (_, { a, b, k }) => [add(a, scale(b, BigInt(1 + k)))]],
  difference: [2, (_, { a, b }) => [subtract(a, b)]],
  shift: [2, (_, { a, k }) => [offset(a, BigInt(k - 2))]],
  constant: [1, (_, { k }) => [constant(BigInt(k))]],
  seal: [
    1,
    (builder, { a }) => [
      { terms: [{ coefficient: 1n, variable: builder.variable(a) }], constant: 0n },
    ],
  ],
  select: [
    3,
    (builder, { a, b, c }) => {
      builder.range(c, 1);
      return [add(builder.product(c, subtract(a, b)), b)];
    },
  ],
  hash: [1, (builder, { a, b }) => builder.permute(a, b, constant(0n)).slice(0, 1)],
  // r a = k + 1
  inverse: [
    1,
    (builder, { a, k }) => {
      const r = builder.advice();
      builder.assertProduct(r, a, constant(BigInt(k + 1)));
      return [r];
    },
  ],
  // r (a + 1) = b, for a checked a
  ratio: [
    1,
    (builder, { a, b, k }) => {
      const r = builder.advice();
      builder.range(a, width(builder, k));
      builder.assertProduct(r, offset(a, 1n), b);
      return [r];
    },
  ],
  // r a = b, where nothing keeps a from 0
  quotient: [
    1,
    (builder, { a, b }) => {
      const r = builder.advice();
      builder.assertProduct(r, a, b);
      return [r];
    },
  ],
  // x + x a = b
  weighted: [
    1,
    (builder, { a, b }) => {
      const x = builder.advice();
      builder.assertEqual(add(x, builder.product(x, a)), b);
      return [x];
    },
  ],
  // x y + c d = a for checked x, y and d
  digits: [
    2,
    (builder, { a, k }) => {
      const [x, y, d] = [
        builder.ranged(builder.limbBits),
        builder.ranged(width(builder, 1)),
        builder.ranged(1),
      ];
      const product = builder.product(x, y);
      builder.assertEqual(linear([product, d], [1n, BigInt(1 + k)]), a);
      return [product, d];
    },
  ],
  root: [
    1,
    (builder, { a, k }) => {
      const r = k % 2 === 0 ? builder.ranged(builder.limbBits) : builder.advice();
      builder.assertProduct(r, r, a);
      return [r];
    },
  ],
  // x + k y = a and x − y = b
  system: [
    1,
    (builder, { a, b, k }) => {
      const [x, y] = [builder.advice(), builder.advice()];
      builder.assertEqual(linear([x, y], [1n, BigInt(k)]), a);
      builder.assertEqual(subtract(x, y), b);
      return [x, y];
    },
  ],
  // x (x − 1) = 0, and 2 x + y = a for a checked y
  booleanByProduct: [
    1,
    (builder, { a, k }) => {
      const [x, y] = [builder.advice(), builder.ranged(1)];
      builder.assertProduct(x, offset(x, -1n), constant(0n));
      builder.assertEqual(linear([x, y], [BigInt(1 + (k % 3)), 1n]), a);
      return [x];
    },
  ],
  advice: [1, (builder) => [builder.advice()]],
  checkedAdvice: [1, (builder, { k }) => [builder.ranged(width(builder, k))]],
  equal: [
    1,
    (builder, { a, b }) => {
      builder.assertEqual(a, b);
      return [];
    },
  ],
};

/** The shapes of the rules over several gates: by chance small fields force more of them than in large ones. */
const shapes: typeof instructions = {
  // One or two of a, b and c reach a threshold.
  threshold: [
    1,
    (builder, { a, b, c, k }) => {
      const t = builder.advice();
      const bits = [a, b, c].map((key) => {
        const [bit, rest] = [builder.ranged(1), builder.ranged(width(builder, k))];
        const top = 1n << BigInt(width(builder, k));
        builder.assertZero(offset(linear([key, t, bit, rest], [1n, -1n, -top, -1n]), top));
        return bit;
      });
      builder.assertZero(offset(linear(bits), -BigInt(1 + (k % 2))));
      return bits;
    },
  ],
  // a between x² and (x + 1)²
  squareRoot: [
    1,
    (builder, { a, k }) => {
      const x = builder.ranged(width(builder, k));
      const square = builder.product(x, x);
      builder.range(subtract(a, square), builder.limbBits);
      builder.range(linear([square, x, a], [1n, 2n, -1n]), builder.limbBits);
      return [x];
    },
  ],
  // The same with a product of its own for each bound
  ownSquares: [
    1,
    (builder, { a, k }) => {
      const x = builder.ranged(width(builder, k));
      builder.range(subtract(a, builder.product(x, x)), builder.limbBits);
      const next = offset(x, 1n);
      const over = k < 4 ? -1n : 0n;
      builder.range(offset(subtract(builder.product(next, next), a), over), builder.limbBits);
      return [x];
    },
  ],
  // a = b x² + c rounded
  reciprocalRoot: [
    1,
    (builder, { a, b, c, k }) => {
      const x = builder.ranged(width(builder, k));
      const first = builder.product(b, x);
      const second = builder.product(first, x);
      builder.range(linear([a, second, c], [1n, -1n, -1n]), builder.limbBits);
      const above = linear([second, first, b, c, a], [1n, 2n, 1n, 1n, -1n]);
      builder.range(offset(above, -1n), builder.limbBits);
      return [x, second];
    },
  ],
  // a = q b + r with 0 ≤ r < b
  division: [
    2,
    (builder, { a, b, k }) => {
      const [q, r] = [builder.ranged(width(builder, k)), builder.ranged(builder.limbBits)];
      builder.range(b, builder.limbBits);
      builder.range(offset(subtract(b, r), -1n), builder.limbBits);
      builder.assertZero(linear([a, builder.product(q, b), r], [1n, -1n, -1n]));
      return [q, r];
    },
  ],
  // s = a i, a = a s, i = i s
  zeroTest: [
    2,
    (builder, { a }) => {
      const i = builder.advice();
      const s = builder.product(a, i);
      builder.assertProduct(a, s, a);
      builder.assertProduct(i, s, i);
      return [s];
    },
  ],
};

/** Values that cases decide, each with a part left out now and then. */
const decided: typeof instructions = {
  // x is b where the bit a is 1, and c where it is 0
  guarded: [
    3,
    (builder, { a, b, c, k }) => {
      const x = k % 2 === 0 ? builder.ranged(builder.limbBits) : builder.advice();
      builder.range(a, 1);
      builder.assertProduct(a, subtract(x, b), constant(0n));
      if (k < 4) builder.assertProduct(offset(scale(a, -1n), 1n), subtract(x, c), constant(0n));
      return [x];
    },
  ],
  // x is a or b, and no less than either
  greater: [
    3,
    (builder, { a, b, k }) => {
      const x = builder.ranged(builder.limbBits);
      builder.assertProduct(subtract(x, a), subtract(x, b), constant(0n));
      builder.range(subtract(x, a), builder.limbBits);
      if (k < 4) builder.range(subtract(x, b), builder.limbBits);
      return [x];
    },
  ],
  // one of three bits is 1, at the place a
  oneHot: [
    3,
    (builder, { a, k }) => {
      const bits = [0, 1, 2].map(() => builder.ranged(1));
      builder.assertEqual(linear(bits, [0n, 1n, 2n]), a);
      if (k < 4) builder.assertZero(offset(linear(bits), -1n));
      return bits;
    },
  ],
  // the bit x has an inequality for each of its values
  flagged: [
    3,
    (builder, { a, k }) => {
      const x = builder.ranged(1);
      builder.range(builder.product(x, offset(a, -2n)), builder.limbBits);
      if (k < 4)
        builder.range(
          builder.product(offset(scale(x, -1n), 1n), offset(scale(a, -1n), 1n)),
          builder.limbBits,
        );
      return [x];
    },
  ],
  // x + y = a and x y = b with x no greater than y
  pair: [
    2,
    (builder, { a, b, k }) => {
      const [x, y] = [builder.ranged(builder.limbBits), builder.ranged(builder.limbBits)];
      builder.assertEqual(add(x, y), a);
      builder.assertProduct(x, y, b);
      if (k < 4) builder.range(subtract(y, x), builder.limbBits);
      return [x, y];
    },
  ],
};

/** Equal powers and signed divisions. */
const signed: typeof instructions = {
  // x³ = a³ or x⁵ = a⁵ for a checked x
  power: [
    6,
    (builder, { a, k }) => {
      const x = offset(builder.ranged(width(builder, k)), -BigInt(k >> 1));
      const power = (e: Expression): Expression => {
        const square = builder.product(e, e);
        return builder.product(k === 3 ? builder.product(square, square) : square, e);
      };
      builder.assertEqual(power(x), power(a));
      return [x];
    },
  ],
  // a = q b + r with |r| < b and r a ≥ 0
  signedDivision: [
    4,
    (builder, { a, b, k }) => {
      const low = -(1n << BigInt(builder.limbBits - 1));
      const [q, r] = [0, 1].map(() => offset(builder.ranged(builder.limbBits), low));
      builder.range(b, builder.limbBits);
      builder.range(offset(subtract(b, r!), -1n), builder.limbBits);
      builder.range(offset(add(b, r!), -1n), builder.limbBits);
      builder.assertZero(linear([a, builder.product(q!, b), r!], [1n, -1n, -1n]));
      if (k < 4) builder.range(builder.product(r!, a), builder.limbBits);
      return [q!, r!];
    },
  ],
};

/** Gates in place of one, with less to say, or something else. */
const loosened = (gate: Gate, how: number): Gate[] => {
  if (gate.kind === 'linear' && how === 1)
    return [
      { ...gate, terms: gate.terms.map((t, i) => (i === 0 ? { ...t, coefficient: 0n } : t)) },
    ];
  if (gate.kind === 'linear' && how === 2)
    return [{ ...gate, terms: gate.terms.map((t) => ({ ...t, coefficient: 1n })) }];
  if (gate.kind === 'range12' && how > 0) {
    const [a, b, c, d] = gate.limbs;
    return [{ kind: 'range12', limbs: how === 1 ? [b, b, c, d] : [a, a, c, d] }];
  }
  if (gate.kind === 'range64' && how > 0) return [{ kind: 'range12', limbs: gate.limbs }];
  if (gate.kind === 'boolean' && how > 0) {
    const { variable } = gate;
    return [{ kind: 'range12', limbs: [variable, variable, variable, variable] }];
  }
  return [];
};

export interface SmallProgram {
  readonly arithmetic: Arithmetic;
  readonly system: ConstraintSystem;
  toString(): string;
}

interface Step {
  readonly instruction: { readonly name: string; readonly run: Instruction };
  readonly picks: readonly [number, number, number];
  readonly k: number;
}

const instructionOf = (all: typeof instructions): fc.Arbitrary<Step> =>
  fc.record({
    instruction: fc.constantFrom(
      ...Object.entries(all).flatMap(([name, [weight, run]]) =>
        new Array<Step['instruction']>(weight).fill({ name, run }),
      ),
    ),
    picks: fc.tuple(fc.nat(11), fc.nat(11), fc.nat(11)),
    k: fc.nat(4),
  });

const change = fc.record({ at: fc.nat(59), how: fc.nat(2) });

const programOf = (all: typeof instructions): fc.Arbitrary<SmallProgram> =>
  fc
    .record({
      setting: fc.nat(settings.length - 1),
      inputs: fc.integer({ min: 1, max: 3 }),
      body: fc.array(instructionOf(all), { minLength: 1, maxLength: 6 }),
      changes: fc.array(change, { maxLength: 2 }),
    })
    .map(({ setting, inputs, body, changes }): SmallProgram => {
      const arithmetic = arithmetics[setting]!;
      const builder = new SmallBuilder(arithmetic);
      const count = Math.min(inputs, settings[setting]!.mostInputs);
      const pool = Array.from({ length: count }, () => builder.input());
      for (const { instruction, picks, k } of body) {
        // The newest values are picked as often as all others together: programs are deep rather than broad.
        const pick = (i: number): Expression =>
          pool[(i < 6 ? pool.length - 1 - (i >> 1) + 3 * pool.length : i) % pool.length]!;
        const [a, b, c] = [pick(picks[0]), pick(picks[1]), pick(picks[2])];
        pool.push(...instruction.run(builder, { a, b, c, k }));
      }
      builder.expose(pool.at(-1)!);
      const whole = builder.finish();
      const gates = [...whole.gates];
      for (const { at, how } of changes) {
        const number = at % (gates.length || 1);
        const old = gates[number];
        if (old)
          gates.splice(number, 1, ...loosened(old.gate, how).map((gate) => ({ ...old, gate })));
      }
      const system = { ...whole, gates };
      return {
        arithmetic,
        system,
        toString: () =>
          [
            `p = ${arithmetic.field.modulus}, limbs up to ${arithmetic.limb.high}, ${system.variables} variables, inputs ${system.ports.flatMap((port) => (port.direction === 'input' ? port.variables : [])).join()}`,
            ...body.map(
              ({ instruction, picks, k }) => `# ${instruction.name} ${picks.join()} ${k}`,
            ),
            ...system.gates.map(({ gate }) =>
              JSON.stringify(gate, (_, value: unknown) =>
                typeof value === 'bigint' ? Number(value) : value,
              ),
            ),
          ].join('\n'),
      };
    });

export const smallProgram = programOf(instructions);

/** With thresholds, brackets, divisions and zero tests. */
export const shapedProgram = programOf({ ...instructions, ...shapes });

/** With choices that are decided by cases. */
export const decidedProgram = programOf({ ...instructions, ...decided });

/** With equal powers and signed divisions. */
export const signedProgram = programOf({ ...instructions, ...signed });

/** Mixes a state: a function, as the permutation is one for whoever only computes forwards. */
export const mix =
  (p: number) =>
  ([x, y, z]: readonly number[]): number[] => [
    (x! ** 3 + 2 * y! + 5 * z! * x! + 1) % p,
    (y! ** 3 + 3 * z! + x! * y! + 2) % p,
    (z! ** 3 + x! + y! + 3) % p,
  ];
