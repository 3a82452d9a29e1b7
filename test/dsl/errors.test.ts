// Where an author's mistake is placed, and what crosses circuits. The messages themselves are pinned under test/error/.
import { expect, test } from 'vitest';
import { LetheError, type SourceLine } from '../../compiler/diagnostics/diagnostic.ts';
import { bit, circuit, q, Tensor, type CircuitBuilder } from '../../dsl/index.ts';
import { Unknown } from '../../dsl/equation.ts';

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

/** A tensor that has left its build function. */
function stranger() {
  let leaked: Tensor | undefined;
  circuit('other', {}, (c) => {
    leaked = x(c);
    leaked.expose('y');
  }).build();
  return leaked!;
}

test('a tensor of another circuit is refused', () => {
  const found = diagnostics((c) => x(c).add(stranger()).expose('z'));
  expect(found).toMatchObject([
    { code: 'foreign-tensor', where: { file: 'test/dsl/errors.test.ts' } },
  ]);
});

test('a tensor of another copy of the library is refused', () => {
  const own = stranger();
  const copy = { shape: own.shape, format: own.format, apply: () => own } as object as Tensor;
  for (const use of [(y: Tensor) => y.mul(copy), (y: Tensor) => y.add(copy)])
    expect(diagnostics((c) => use(x(c)).expose('z'))).toMatchObject([
      { code: 'foreign-tensor', message: 'a tensor of another copy of lethe' },
    ]);
});

test('a circuit without a build function is refused', () => {
  const build = (c: CircuitBuilder) => x(c).expose('y');
  // @ts-expect-error JavaScript lets it through
  expect(() => circuit('mistaken', build)).toThrow(
    /errors\.test\.ts:\d+:\d+: error\[wrong-argument\]: circuit expects a build function, got nothing\n {2}hint: circuit\('mistaken', {}, \(c\) => { … }\)/,
  );
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

test('whatever an author does to an unknown, it is done or refused with a cure', () => {
  const ofTheLibrary =
    'constructor shape format range formatOf apply intervals numberLike constantLike';
  const inner = [
    ...ofTheLibrary.split(' '),
    'assertIntegersWithin',
    'toleranceBits',
    'aligned',
    'alignNumber',
    'axis',
    'common',
  ];
  const methods = Object.getOwnPropertyNames(Tensor.prototype).filter(
    (name) => !inner.includes(name),
  );
  const own = Object.getOwnPropertyNames(Unknown.prototype);
  expect(methods.filter((name) => !own.includes(name))).toEqual([]);
  const done = ['constructor', 'add', 'sub', 'neg', 'mul', 'scale'];
  for (const name of own.filter((each) => !done.includes(each))) {
    const found = diagnostics((c) => {
      const use = (unknown: Unknown): Unknown => {
        const method: unknown = Reflect.get(unknown, name);
        if (typeof method !== 'function') throw new Error(`${name} is no method`);
        return Reflect.apply(method, unknown, []) as Unknown;
      };
      c.root({ of: use, format: q(24, 20) }).expose('r');
    });
    expect(found, name).toMatchObject([{ code: 'wrong-argument' }]);
  }
});
