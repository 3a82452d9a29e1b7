// What is written: readable, formatted, cut to what the circuit needs.
import { check } from 'prettier';
import { describe, expect, test } from 'vitest';
import { compileCircuit, compileProgram } from '../../../../compiler/compile.ts';
import { defineFunction } from '../../../../compiler/functions/registry.ts';
import { defineHint } from '../../../../compiler/ops/shared/hints.ts';
import type { SourceFiles } from '../../../../compiler/targets/source-target.ts';
import { o1js } from '../../../../compiler/targets/source/index.ts';
import { circuit, q, u, type CircuitBuilder } from '../../../../dsl/index.ts';
import groupObs from '../../../../examples/group-obs.ts';

const emitted = async (write: (c: CircuitBuilder) => void): Promise<SourceFiles> =>
  o1js.files(compileProgram(circuit('case', {}, (c) => write(c)).build()), {});

const circuitLines = (files: SourceFiles): string[] =>
  files
    .get('circuit.ts')!
    .split('\n')
    .filter((line) => /^ {2}(const|c\.)/.test(line));

describe('Group OBS', async () => {
  const compiled = compileCircuit(groupObs);
  const files = await o1js.files(compiled, {});

  test('is a statement for each line of its program', async () => {
    expect(circuitLines(files)).toHaveLength(compiled.program.lines.length);
    await expect(files.get('circuit.ts')).toMatchFileSnapshot('../../../golden/group-obs.emitted');
  });

  test('is as long for many blocks as for few', async () => {
    const large = await o1js.files(compileCircuit(groupObs, { blocks: 40 }), {});
    expect(circuitLines(large)).toHaveLength(circuitLines(files).length);
  });

  test('is formatted, has no any, and says where lib/ comes from', async () => {
    for (const [path, text] of files) {
      if (!path.endsWith('.ts')) continue;
      const options = { filepath: path, singleQuote: true, printWidth: 120 };
      expect(await check(text, options), path).toBe(true);
      expect(text, path).not.toMatch(/\bas any\b|[:<|] *any\b(?! )/);
      if (path.startsWith('lib/') && path !== 'lib/statements.ts')
        expect(text).toMatch(/^\/\/ Of lethe [\d.]+: compiler\//);
    }
  });

  test('is the same every time', async () => {
    expect(await o1js.files(compileCircuit(groupObs), {})).toEqual(files);
  });
});

test('statement.ts has the assumptions, open ones and accepted ones', async () => {
  const claimed = (accept: boolean) => (c: CircuitBuilder) => {
    const x = c.public('x', q(24, 16), [2]);
    c.advice('square-root', [x], q(18, 16), [2], { within: 2 ** -16 }).expose('y');
    if (accept) c.assume('square-root.within', { because: 'the caller "checks" it' });
  };
  const open = (await emitted(claimed(false))).get('statement.ts')!;
  expect(open).toMatch(/square-root\.within: every value .* \(open\)/);
  const accepted = (await emitted(claimed(true))).get('statement.ts')!;
  expect(accepted).toContain('(accepted: the caller "checks" it)');
});

test('lib/ has the ops of the circuit, what they stand on, and no analysis', async () => {
  const files = await emitted((c) =>
    c
      .secret('x', q(8, 0), [2])
      .mul(c.public('z', q(8, 0), []))
      .expose('y'),
  );
  const ops = [...files.keys()].filter((path) => /^lib\/ops\/[\w-]+\.ts$/.test(path));
  expect(ops.sort()).toEqual(
    ['expose', 'index', 'input', 'mul', 'op'].map((name) => `lib/ops/${name}.ts`),
  );
  expect(files.get('lib/ops/mul.ts')).not.toMatch(/error|honest|Up\b/);
  expect(files.has('lib/ops/shared/pinned-system.ts')).toBe(false);
  expect(files.has('lib/numbers/upward.ts')).toBe(false);
});

test('a value that nothing takes has no name', async () => {
  const files = await emitted((c) => {
    c.secret('x', q(16, 8), [2]).assertWithin({ low: -1, high: 1 });
  });
  expect(circuitLines(files).map((line) => line.trim().split('(')[0])).toEqual([
    'const x = c.input',
    'c.assertWithin',
  ]);
});

test('long lists stand in a file of their own', async () => {
  const reals = Array.from({ length: 500 }, (_, i) => i);
  const files = await emitted((c) =>
    c
      .secret('x', q(16, 0), [500])
      .add(c.constant(reals, u(9, 0), [500]))
      .expose('y'),
  );
  expect(files.get('circuit.ts')).toContain('values: v1Values');
  expect(files.get('constants.ts')!.split('\n').length).toBeLessThan(40);
});

test('names that TypeScript does not take are left to the number of the line', async () => {
  const files = await emitted((c) => {
    const sum = c.secret('class', q(8, 0), []).add(c.secret('v1', q(8, 0), []));
    sum.add(c.secret('a-b.c', q(8, 0), [])).expose('c');
  });
  expect(circuitLines(files).join('\n')).toMatch(/const v0 = .*\n.*const v1 = .*\n.*const v2 = /);
  expect(files.get('inputs.ts')).toContain("readonly 'a-b.c': number;");
});

test("an author's hints are his to write", async () => {
  const name = defineHint('emitted-test-hint', ([x]) => x!);
  const files = await emitted((c) => {
    const x = c.secret('x', q(8, 0), [2]);
    const advice = c.advice(name, [x], q(8, 0), [2]);
    advice.sub(x).assertZero();
  });
  expect(files.get('hints.ts')).toContain("defineHint('emitted-test-hint'");
  expect(files.get('circuit.ts')).toContain("import './hints.js';");
});

test("an author's functions are his to write, and lib/ has no proof of the library's", async () => {
  const name = defineFunction('emitted-test-function', { at: (x) => x / 2, derivatives: [0.5, 0] });
  const files = await emitted((c) => {
    const x = c.secret('x', q(8, 4), [2]);
    x.map(name, { format: q(8, 4) }).expose('y');
    x.map('tanh', { format: q(8, 4) }).expose('z');
  });
  expect(files.get('hints.ts')).toContain("defineFunction('emitted-test-function'");
  expect(files.get('hints.ts')).toContain('derivatives: [0.5, 0]');
  const library = [...files.keys()].filter((path) => path.startsWith('lib/functions/'));
  expect(library.sort()).toEqual([
    'lib/functions/binomial.ts',
    'lib/functions/pieces.ts',
    'lib/functions/registry.ts',
  ]);
});
