// An author's mistake is an error at his own line, with what was expected and what came.
import { describe, expect, test } from 'vitest';
import { LetheError, type SourceLine } from '../../compiler/diagnostics/diagnostic.ts';
import {
  bit,
  circuit,
  concat,
  field,
  q,
  solve,
  u,
  type CircuitBuilder,
  type Tensor,
} from '../../dsl/index.ts';
import { groupObs } from '../../stdlib/index.ts';

function diagnostics(build: (c: CircuitBuilder) => void) {
  try {
    circuit('mistaken', {}, build).build();
  } catch (error) {
    if (error instanceof LetheError) return error.diagnostics;
    throw error;
  }
  throw new Error('no error');
}

const x = (c: CircuitBuilder) => c.secret('x', q(24, 20), [2, 3]);

const mistakes: [string, (c: CircuitBuilder) => void, string][] = [
  [
    'an infinite bound',
    (c) => x(c).assertWithin({ low: 0, high: Infinity }),
    'Infinity is not a finite number',
  ],
  [
    'an infinite tolerance',
    (c) =>
      solve({
        matrix: c.secret('a', q(8, 4), [2, 2]),
        format: q(8, 4),
        tolerance: Infinity,
        smallestEigenvalue: 1,
      }),
    'Infinity is not a finite number',
  ],
  ['a number that overflows its format', (c) => x(c).add(1e308), 'Infinity is not a finite number'],
  [
    'a scale with too many bits',
    (c) => x(c).scale(1, { fraction: 2000 }),
    'Infinity is not a finite number',
  ],
  [
    'an align to half a bit',
    (c) => x(c).align({ fraction: 20.5 }),
    'align to 20.5 fractional bits',
  ],
  [
    'a tensor of another circuit',
    (c) => x(c).add(stranger()),
    'add: an operand belongs to another circuit',
  ],
  [
    'shapes that do not broadcast',
    (c) => x(c).add(c.secret('y', q(24, 20), [2, 4])),
    'shapes [2,3] and [2,4] do not fit together (axis 1: 3 and 4)',
  ],
  [
    'arithmetic on opaque values',
    (c) => x(c).add(c.secret('y', field, [2, 3])),
    'add expects a number, got field[2,3]',
  ],
  [
    'a mask that is not bits',
    (c) => x(c).select(x2(c), 0),
    'select expects a mask of bits, got q24.20[2,3]',
  ],
  [
    'a product too wide for the field',
    (c) => {
      const wide = c.secret('w', q(130, 0));
      wide.mul(wide);
    },
    'mul would need 260 bits; the field holds 252',
  ],
  [
    'more fractional bits by rescale',
    (c) => x(c).rescale(q(30, 24)),
    'rescale of q24.20[2,3] to q30.24',
  ],
  [
    'fewer fractional bits by align',
    (c) => x(c).align({ fraction: 4 }),
    'align to 4 fractional bits would drop 16',
  ],
  [
    'subscripts that name too many axes',
    (c) => x(c).contract('bij,bj->bi', x2(c)),
    '"bij" names 3 axes of a tensor of shape [2,3]',
  ],
  [
    'subscripts that disagree',
    (c) => x(c).contract('ij,kj->ik', c.secret('y', q(8, 0), [5, 4])),
    'j is 3 in one place and 4 in another',
  ],
  [
    'subscripts that cannot be read',
    (c) => x(c).contract('ij j', x2(c)),
    'cannot read the subscripts "ij j"',
  ],
  ['a reshape of another size', (c) => x(c).reshape([4]), 'q24.20[2,3] has 6 elements, [4] has 4'],
  ['an axis that is not there', (c) => x(c).sum({ axis: 2 }), 'axis 2 of a tensor of shape [2,3]'],
  [
    'a slice past the end',
    (c) => x(c).slice({ axis: 1, start: 1, end: 4 }),
    'slice [1, 4) of axis 1 of q24.20[2,3]',
  ],
  [
    'a gather index past the end',
    (c) => x(c).gather({ axis: 0, indices: [0, 2] }),
    'gather index 2 of axis 0 of q24.20[2,3]',
  ],
  [
    'an order that is none',
    (c) => x(c).transpose([0, 0]),
    '[0,0] is not an order of the axes of q24.20[2,3]',
  ],
  [
    'a concat of two formats',
    (c) => concat([x(c), c.secret('y', q(8, 0), [2, 3])], { axis: 0 }),
    'concat along axis 0 of q24.20[2,3] and q8.0[2,3]',
  ],
  ['a hash of numbers', (c) => x(c).hash(), 'hash expects field elements, got q24.20[2,3]'],
  [
    'bounds the wrong way round',
    (c) => x(c).assertWithin({ low: 1, high: -1 }),
    'the lower bound 1048576 is above the upper bound -1048576',
  ],
  [
    'bounds that nothing meets',
    (c) => x(c).assertWithin({ low: 9, high: 10 }),
    'no value of q24.20[2,3] lies in',
  ],
  [
    'a matrix that is not square',
    (c) => solve({ matrix: x(c), format: q(8, 4), tolerance: 1, smallestEigenvalue: 1 }),
    'solve expects square matrices [..., n, n], got q24.20[2,3]',
  ],
  [
    'a tolerance below one unit',
    (c) =>
      solve({
        matrix: c.secret('a', q(8, 4), [2, 2]),
        format: q(8, 4),
        tolerance: 2 ** -9,
        smallestEigenvalue: 1,
      }),
    'the tolerance 0 is below one unit of the residual',
  ],
  [
    'a constant outside its format',
    (c) => c.constant(9, q(24, 20)),
    'a value of the constant lies outside q24.20[]',
  ],
  ['a constant that is no number', (c) => c.constant(NaN, q(24, 20)), 'NaN is not a finite number'],
  [
    'a hint that is not known',
    (c) => c.advice('logarithm', [x(c)], q(8, 4)),
    'no hint is called "logarithm"',
  ],
  [
    'a name twice',
    (c) => {
      x(c);
      x(c);
    },
    'the name "x" is taken',
  ],
  ['a name that is none', (c) => c.secret('my input', bit), '"my input" is not a name'],
  ['a format without bits', (c) => c.secret('y', u(0, 0)), 'u(0, 0): a format has 1 to 252 bits'],
  [
    'a shape with a zero',
    (c) => c.secret('y', bit, [2, 0]),
    'shape [2,0]: every axis has a length of at least 1',
  ],
  [
    'a mistake inside a stdlib function',
    (c) =>
      groupObs({
        weights: x(c),
        mask: c.public('m', bit, [2, 3]),
        curvature: c.secret('a', q(24, 12), [2, 5]),
        updateFormat: q(24, 20),
        tolerance: 1,
      }),
    'gather index 5 of axis 1 of q24.12[2,5]',
  ],
];

/** A tensor that has left its build function. */
function stranger() {
  let leaked: Tensor | undefined;
  circuit('other', {}, (c) => {
    leaked = x(c);
    leaked.expose('y');
  }).build();
  return leaked!;
}

function x2(c: CircuitBuilder) {
  return c.secret('x2', q(24, 20), [2, 3]);
}

describe('each points into this file', () => {
  test.each(mistakes)('%s', (_, build, message) => {
    const found = diagnostics(build);
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain(message);
    if (!message.includes('has 1 to 252 bits'))
      expect(found[0]!.where).toMatchObject({ file: 'test/dsl/errors.test.ts' });
  });
});

test('line and column are those of the call', () => {
  let expected: Partial<SourceLine> = {};
  const found = diagnostics((c) => {
    const y = x(c);
    expected = { line: Number(/errors\.test\.ts:(\d+)/.exec(new Error().stack!)![1]) + 1 };
    y.reshape([5]);
  });
  expect(found[0]!.where).toMatchObject({ ...expected, column: 7 });
});

test('inputs that nothing depends on are all reported', () => {
  const found = diagnostics((c) => {
    c.secret('a', bit);
    c.public('b', bit);
    c.public('c', bit).expose('d');
  });
  expect(found.map(({ message }) => message)).toEqual([
    'no output and no assertion depends on the secret input "a"',
    'no output and no assertion depends on the public input "b"',
  ]);
});

test('parameters', () => {
  const sized = circuit('sized', { size: 2 }, (c, { size }) => {
    c.public('x', bit, [size]).expose('y');
  });
  expect(sized.build({ size: 5 }).lines[0]!.type.shape).toEqual([5]);
  expect(() => sized.build({ sise: 5 })).toThrow('circuit sized has no parameter "sise"');
  expect(() => sized.build({ toString: 3 } as never)).toThrow('no parameter "toString"');
  expect(() => sized.build({ size: 1.5 })).toThrow('parameter size of circuit sized: 1.5');
});
