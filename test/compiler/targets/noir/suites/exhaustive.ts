// Every integer of small formats through roundings, bounds and decisions: accepted just where the fixed meaning exists.
import { describe, expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower, type LoweredProgram } from '../../../../../compiler/meanings/circuit.ts';
import { bit, circuit, q, u, type CircuitBuilder } from '../../../../../dsl/index.ts';
import type { FixedFormat } from '../../../../../compiler/ir/format.ts';
import { everyInput, oneLine } from '../small.ts';
import { compiledLater } from '../together.ts';

const build = (describeIt: (c: CircuitBuilder) => void): LoweredProgram =>
  lower(circuit('exhausted', {}, describeIt).build());

export const roundings = [
  build((c) => c.secret('x', q(6, 3)).rescale(q(4, 0)).expose('y')),
  build((c) => c.secret('x', u(5, 4)).rescale(u(3, 1)).expose('y')),
  build((c) => c.secret('x', q(5, 2)).rescale(u(3, 0)).expose('y')),
  // Rounds to [−11, 21], of which [−11, 15] fit: no end of a number of bits.
  build((c) => c.secret('x', q(6, 3)).add(1.25).rescale(q(5, 2)).expose('y')),
];

const narrowings = [
  build((c) => c.secret('x', q(6, 3)).rescale(q(4, 3)).expose('y')),
  build((c) => c.secret('x', q(5, 2)).rescale(u(3, 2)).expose('y')),
];

const bounds = [
  [-3, 4],
  [-16, 5],
  [-3, 15],
  [-4, 3],
  [2, 2],
  [-100, 7],
].map(([low, high]) =>
  build((c) => {
    const x = c.secret('x', q(5, 0));
    x.assertWithin({ low: low!, high: high! });
    x.expose('y');
  }),
);

/** Pairs of formats whose difference has either sign, one sign, ends of a number of bits and others. */
const pairs = [
  [q(3, 0), q(3, 0)],
  [q(3, 1), u(4, 1)],
  [u(3, 0), bit],
  [bit, q(4, 0)],
  [bit, bit],
] as const;
export const comparisons = pairs.map((formats) => oneLine('at-least', formats));
export const maxima = pairs.map((formats) => oneLine('max', formats));
const minima = pairs.map((formats) => oneLine('min', formats));
const sizes = [q(4, 0), q(3, 2), u(3, 0), bit].map((format) => oneLine('abs', [format]));
/** Indices that are on the axis, past it and before it. */
const lookups = ([format, length]: readonly [FixedFormat, number]): LoweredProgram =>
  build((c) => {
    const values = Array.from({ length: 2 * length }, (_, i) => 3 * i - 5);
    const table = c.constant(values, q(8, 0), [length, 2]);
    table.gather({ axis: 0, index: c.secret('i', format) }).expose('y');
  });
const zeros = [q(4, 0), q(3, 2), u(3, 0), bit].map((format) => oneLine('is-zero', [format]));
const digits = [
  oneLine('bits', [q(5, 0)], { count: 3 }),
  oneLine('bits', [u(5, 0)], { count: 5 }),
  oneLine('bits', [u(4, 0)], { count: 6 }),
  oneLine('bits', [q(3, 0)], { count: 1 }),
];

export const rankings = [
  oneLine('top-k', [q(2, 0)], { k: 1 }, [3]),
  oneLine('top-k', [u(2, 0)], { k: 2 }, [3]),
  oneLine('top-k', [bit], { k: 2 }, [2, 3]),
  oneLine('top-k', [bit], { k: 2 }, [2]),
];
/** Among the divisors are 0 and negative ones; among the quotients one that all have, and such as are no end of a number of bits. */
export const divisions = [
  oneLine('div-mod', [q(5, 0), u(3, 0)]),
  oneLine('div-mod', [u(4, 0), q(3, 0)]),
  oneLine('div-mod', [q(4, 0), bit]),
  oneLine('div-mod', [bit, u(3, 0)]),
];

/** Quotients by negative numbers, too, and by both kinds at once; square roots and reciprocal roots; a cubic. */
export const roots = [
  build((c) =>
    c
      .secret('x', q(4, 0))
      .div(c.secret('y', u(2, 0)).add(1), { format: q(6, 1) })
      .expose('q'),
  ),
  build((c) =>
    c
      .secret('x', u(5, 4))
      .sqrt({ format: u(4, 3) })
      .expose('r'),
  ),
  build((c) =>
    c
      .secret('x', q(4, 1))
      .div(c.secret('y', u(3, 0)).sub(9))
      .expose('q'),
  ),
  build((c) => {
    const [x, y] = [c.secret('x', q(3, 0), [2]), c.constant([3, -2], q(3, 0), [2])];
    c.root({ of: (z) => z.mul(y).sub(x), format: q(5, 1) }).expose('q');
  }),
  build((c) =>
    c
      .secret('x', u(4, 2))
      .add(0.25)
      .rsqrt({ format: u(7, 4) })
      .expose('r'),
  ),
  build((c) => {
    const [x, y] = [c.secret('x', q(4, 0)), c.secret('y', u(2, 0))];
    c.root({ of: (z) => z.mul(z).mul(z).add(z.mul(y)).sub(x), format: q(5, 2) }).expose('r');
  }),
];

/** One of three roots. A number of bits reaches to another one, so that the upper end is asserted, too. */
export const branch = build((c) => {
  const v = c.secret('w', u(5, 0)).scale(-31, { fraction: 0 }).add(1);
  c.root({
    of: (x) =>
      x
        .mul(x)
        .mul(x)
        .sub(x.scale(3, { fraction: 0 }))
        .sub(v),
    format: q(6, 0),
    box: { low: -16, high: -2 },
  }).expose('r');
});

/** Pieces of several widths, before and after 0; one that holds all; and what is not rounded. */
export const polynomials = [
  oneLine('piecewise', [q(5, 2)], {
    function: 'exp',
    origin: -16n,
    unit: 1n,
    start: -16n,
    widths: [3, 2, 1, 0, 0, 4],
    shift: 3,
    coefficients: [5n, 7n, -40n, 3n, 9n, -9n, 100n, 0n, -100n, 1n, 11n, -2n],
    to: q(12, 2),
  }),
  oneLine('piecewise', [u(4, 2)], {
    function: 'exp',
    origin: 0n,
    unit: 1n,
    start: 0n,
    widths: [4],
    shift: 5,
    coefficients: [5n, -7n, 3n, 1n],
    to: q(12, 2),
  }),
  oneLine('piecewise', [q(3, 0)], {
    function: 'exp',
    origin: -4n,
    unit: 1n,
    start: -4n,
    widths: [2, 1, 1],
    shift: 0,
    coefficients: [5n, -7n, 3n],
    to: q(4, 2),
  }),
];

describe.each([
  ['rescale', roundings],
  ['piecewise', polynomials],
  ['rescale without rounding', narrowings],
  ['assert-within', bounds],
  ['at-least', comparisons],
  ['max', maxima],
  ['min', minima],
  ['abs', sizes],
  [
    'take',
    (
      [
        [u(3, 0), 5],
        [q(4, 0), 8],
        [u(2, 0), 1],
      ] as const
    ).map(lookups),
  ],
  ['is-zero', zeros],
  ['bits', digits],
  ['top-k', rankings],
  ['div-mod', divisions],
  ['root', [...roots, branch]],
])('%s', (_, circuits) => {
  const compiled = circuits.map((each) => compiledLater({ circuit: each }));

  test('every integer', async () => {
    for (const [i, noir] of compiled.entries()) {
      const { circuit: lowered, execute, abi } = noir();
      const { line } = abi.outputs[0]!;
      for (const inputs of everyInput(abi)) {
        const { values, findings } = evaluateFixed(lowered.program, inputs.named);
        const expected = findings.length === 0 ? values[line] : undefined;
        const result = await execute(inputs.tensors);
        expect(result?.get(line), `case ${i}, ${inputs.text}`).toEqual(expected);
      }
    }
  });
});
