// The files of a package: what they say, and what is turned down. Whether Noir takes them: noir.test.ts.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { LetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import { bindInputs, type BoundInputs } from '../../../../compiler/inputs/bind.ts';
import { parseJsonTensors } from '../../../../compiler/inputs/json.ts';
import { interval } from '../../../../compiler/numbers/interval.ts';
import { ops } from '../../../../compiler/ops/index.ts';
import { bn254 } from '../../../../compiler/targets/noir/field.ts';
import { noirOps } from '../../../../compiler/targets/noir/ops/index.ts';
import { noir, noirPackage } from '../../../../compiler/targets/noir/package.ts';
import { refusedOps } from '../../../../compiler/targets/noir/refusals.ts';
import { circuit, field, q, u, type CircuitBuilder } from '../../../../dsl/index.ts';
import groupObs from '../../../../examples/group-obs.ts';
import { files } from './example.ts';
import { oneLine } from './small.ts';

const build = (describeIt: (c: CircuitBuilder) => void, name = 'case') =>
  compileCircuit(circuit(name, {}, describeIt));

const bind = (compiled: ReturnType<typeof build>, tensors: object): BoundInputs =>
  bindInputs(compiled.program, parseJsonTensors(JSON.stringify(tensors), 'inputs.json'));

/** Code and message of every finding. */
function findings(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (!(error instanceof LetheError)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code}: ${message}`);
  }
  return [];
}

test('every op is written in Noir or refused by name', () => {
  expect([...noirOps.keys(), ...refusedOps.keys()].sort()).toEqual([...ops.keys()].sort());
});

test.each([...files.keys()])('group-obs-kkt: %s is as it was', async (path) => {
  const name = `../../../golden/noir/group-obs-kkt/${path}`;
  await expect(files.get(path)!).toMatchFileSnapshot(name);
});

describe('what would mean something else is refused', () => {
  test('with every line, its place and a cure', () => {
    const compiled = compileCircuit(groupObs);
    expect(findings(() => noirPackage(compiled))).toHaveLength(7);
    try {
      noirPackage(compiled);
    } catch (error) {
      expect((error as LetheError).diagnostics[0]).toMatchObject({
        code: 'unsupported-by-target',
        message:
          "target noir: input of format field is an element of kimchi's field, which BN254's does not hold",
        hint: 'give it a numeric format, or prove the circuit with kimchi: lethe prove',
        where: { line: 12 },
      });
    }
  });

  test('pack and hash, by name', () => {
    const compiled = build((c) => c.secret('x', q(12, 0), [3]).pack().hash().expose('digest'));
    expect(findings(() => noirPackage(compiled))).toEqual([
      expect.stringMatching(/^unsupported-by-target: target noir: pack /),
      expect.stringMatching(/^unsupported-by-target: target noir: hash /),
    ]);
  });

  test('values that only pass through, too', () => {
    const compiled = build((c) => c.public('x', field, [2]).reshape([1, 2]).expose('y'));
    expect(findings(() => noirPackage(compiled))).toHaveLength(1);
  });

  test("a rounding that kimchi's field holds and BN254's does not", () => {
    const compiled = build((c) => c.secret('x', u(252, 250)).rescale(u(3, 0)).expose('y'));
    expect(findings(() => noirPackage(compiled))).toEqual([
      expect.stringMatching(
        /rescale compares integers that may be ≈2\^253\.70 apart, past BN254's field/,
      ),
    ]);
  });

  test('an interval that reaches half of the field', () => {
    const compiled = build((c) => c.secret('x', q(12, 0)).add(1).expose('y'));
    const ranges = compiled.ranges.map((each) => each.map(() => interval(0n, bn254 / 2n)));
    const wide = { ...compiled, ranges };
    expect(findings(() => noirPackage(wide))[0]).toMatch(/input can reach .* past half of BN254/);
  });

  test.each(['at-least', 'max'])('%s of integers too far apart', (op) => {
    const compiled = oneLine(op, [q(12, 0), q(12, 0)]);
    const wide = interval(-(1n << 252n), 1n << 252n);
    const ranges = compiled.ranges.map((each, line) => (line < 2 ? each.map(() => wide) : each));
    expect(findings(() => noirPackage({ ...compiled, ranges }))).toEqual([
      `unsupported-by-target: target noir: ${op} compares integers that may be 2^255 apart, past BN254's field`,
    ]);
  });

  test('an equation of a root that reaches too far', () => {
    const compiled = build((c) =>
      c
        .secret('x', q(12, 0))
        .div(c.secret('y', u(4, 0)).add(1))
        .expose('q'),
    );
    const { lines } = compiled.program;
    const argument = lines.find(({ op }) => op === 'root')!.arguments[0]!;
    const wide = interval(-(1n << 252n), 1n << 252n);
    const ranges = compiled.ranges.map((each, line) => (line === argument ? [wide] : each));
    expect(findings(() => noirPackage({ ...compiled, ranges }))).toEqual([
      expect.stringMatching(/root can reach .* past half of BN254's field/),
    ]);
  });

  test('an op that the target does not know', () => {
    const compiled = build((c) => c.secret('x', q(12, 0)).expose('y'));
    const known = noirOps as Map<string, unknown>;
    const input = known.get('input')!;
    known.delete('input');
    expect(findings(() => noirPackage(compiled))).toEqual([
      'unsupported-by-target: target noir: no Noir is known for input',
    ]);
    known.set('input', input);
  });
});

test('inputs that the fixed meaning refuses give no Prover.toml, but what is wrong', () => {
  const compiled = build((c) => c.secret('x', q(12, 4)).assertWithin({ low: 0, high: 1 }));
  expect(noirPackage(compiled).has('Prover.toml')).toBe(false);
  expect(findings(() => noirPackage(compiled, bind(compiled, { x: 2 })))).toEqual([
    expect.stringMatching(/^assertion-failed: /),
  ]);
});

test('the target is one entry', async () => {
  const compiled = build((c) => c.secret('x', q(12, 0)).expose('y'));
  const inputs = bind(compiled, { x: 3 });
  const sources = ['Nargo.toml', 'src/main.nr', 'src/lethe.nr'];
  const names = async (given: { inputs?: BoundInputs }) => [
    ...(await noir.files(compiled, given)).keys(),
  ];
  expect(noir).toMatchObject({ name: 'noir', kinds: [], start: 'src/main.nr' });
  expect(await names({})).toEqual(sources);
  expect(await names({ inputs })).toEqual([...sources, noir.inputsFile]);
});

test('what an author writes cannot leave its comment', () => {
  const compiled = build(
    (c) => c.secret('x', q(12, 0)).expose('y'),
    'evil\nfn main() {}\r\u2028≈ "',
  );
  const written = noirPackage(compiled);
  const main = written.get('src/main.nr')!;
  expect(main.split('\n')[0]).toBe('// circuit "evil\\nfn main() {}\\r?~ \\""');
  expect(main.match(/^fn main/gm)).toHaveLength(1);
  expect(written.get('Nargo.toml')).toMatch(/^name = "evil_fn_main_+"$/m);
});
