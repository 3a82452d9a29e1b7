// What the commands say: inspect, formats, audit, check; prove in one process, verify in others.
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { print } from '../../../compiler/program/print.ts';
import { passNames } from '../../../compiler/passes/names.ts';
import { runPasses } from '../../../compiler/passes/pipeline.ts';
import groupObs from '../../../examples/group-obs.ts';
import { exampleFile, exampleInputs, lethe, withFiles } from './lethe.ts';
import { start } from './start.ts';

test('inspect prints the program with rows and totals', async () => {
  const { exit, stdout } = await lethe('inspect', exampleFile);
  expect(exit).toBe(0);
  expect(stdout).toContain('secret weights : q24.20[2,4]');
  expect(stdout).toMatch(/= solve-gram .* # range .* error .* rows \d+/);
  expect(stdout).toMatch(
    /rows \d+: Public \d+, Generic \d+, RangeCheck0 \d+, Poseidon \d+, Zero \d+/,
  );
  const json = JSON.parse((await lethe('inspect', exampleFile, '--json')).stdout) as {
    rows: Record<string, number>;
  };
  const { total, ...gates } = json.rows;
  expect(Object.values(gates).reduce((a, b) => a + b)).toBe(total);
});

test('inspect --after prints the program as a pass leaves it', async () => {
  const { exit, stdout } = await lethe('inspect', exampleFile, '--after', 'drop-dead');
  expect(exit).toBe(0);
  expect(stdout).toBe(print(runPasses(groupObs.build(), 'drop-dead')));
});

test('inspect --after an unknown pass lists the passes', async () => {
  const { exit, stderr } = await lethe('inspect', exampleFile, '--after', 'inline');
  expect(exit).toBe(2);
  for (const name of passNames) expect(stderr).toContain(name);
});

describe('inspect with inputs', () => {
  test('sets what occurs beside what is derived', async () => {
    const args = ['inspect', exampleFile, '--inputs', exampleInputs];
    const { exit, stdout } = await lethe(...args);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/secret weights .* range \[-2\^23, 2\^23-1\] \(\[-524288, 786432\]\)/);
    const json = JSON.parse((await lethe(...args, '--json')).stdout) as {
      lines: {
        range?: string[];
        error?: number | null;
        observed?: { range: string[]; error: number };
      }[];
    };
    const seen = json.lines.filter(({ observed }) => observed);
    expect(seen.length).toBeGreaterThan(5);
    for (const { range, error, observed } of seen) {
      expect(BigInt(observed!.range[0]!) >= BigInt(range![0]!)).toBe(true);
      expect(BigInt(observed!.range[1]!) <= BigInt(range![1]!)).toBe(true);
      if (typeof error === 'number') expect(observed!.error).toBeLessThanOrEqual(error);
    }
  });

  test('writes a page that needs nothing else', () =>
    withFiles({}, async (path) => {
      const page = path('page.html');
      const args = ['inspect', exampleFile, '--inputs', exampleInputs, '--html', page];
      expect((await lethe(...args)).exit).toBe(0);
      const html = await readFile(page, 'utf8');
      expect(html).toContain('<h2>Rows by operation</h2>');
      expect(html).toContain('class="observed"');
      expect(html).not.toMatch(/(src|href)=/);
    }));
});

describe('formats', () => {
  const open = 'examples/chosen-formats.ts';

  test('prints the choice as pins, and the front', async () => {
    const { exit, stdout } = await lethe('formats', open, '--set', 'size=2', '--front');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/pinned: \{ weights: \d+, factor: \d+, tolerance: \d+ \}/);
    expect(stdout).toMatch(/^\*\s+\d+/m);
    const json = JSON.parse((await lethe('formats', open, '--set', 'size=2', '--json')).stdout) as {
      chosen: { meetsTargets: boolean; bits: Record<string, number> };
    };
    expect(json.chosen.meetsTargets).toBe(true);
    for (const [name, bits] of Object.entries(json.chosen.bits))
      expect(stdout).toContain(`${name}: ${bits}`);
  });

  test('has nothing to choose where all is written out', async () => {
    const { exit, stderr } = await lethe('formats', exampleFile);
    expect(exit).toBe(2);
    expect(stderr).toContain('nothing-open');
  });
});

describe('audit', () => {
  const quick = ['--seconds', '60', '--witnesses', '200', '--constraints', '4'];

  test('a sound circuit: what it proves, and that nothing is open', async () => {
    const { exit, stdout } = await lethe(
      'audit',
      exampleFile,
      ...quick,
      ...['--inputs', exampleInputs],
      ...['--set', 'blocks=2'],
    );
    expect(exit).toBe(0);
    expect(stdout).toContain('secret factor : q24.22[2,2,4], committed to');
    expect(stdout).toMatch(
      /determinism {2}\d+ of \d+ advice values are forced by the inputs, \d+ more by values that are declared/,
    );
    expect(stdout).toMatch(/tampering {4}\d+ dishonest witnesses .* 0 accepted/);
    expect(stdout).toContain('up to a choice: residuals in');
    expect(stdout).toContain('nothing is open');
  });

  test('free advice is open: exit 1, with op, element and line', async () => {
    const source = `import { circuit, u } from 'lethe';
export default circuit('root', {}, (c) => {
  const x = c.public('x', u(12, 0), [2]);
  c.advice('square-root', [x], u(12, 0), [2]).expose('root');
});
`;
    await withFiles(
      { 'root.ts': source },
      async (path) => {
        const { exit, stdout } = await start('audit', path('root.ts'), ...quick, '--json');
        expect(exit).toBe(1);
        const { ok, open } = JSON.parse(stdout) as {
          ok: boolean;
          open: { code: string; message: string; where: { line: number } }[];
        };
        expect(ok).toBe(false);
        expect(open[0]).toMatchObject({ code: 'undetermined', where: { line: 4 } });
        expect(open[0]!.message).toContain('element [0] of advice');
      },
      { inPackage: true },
    );
  });
});

describe('check', () => {
  test('agrees, and reports outputs', async () => {
    const { exit, stdout } = await lethe('check', exampleFile, '--inputs', exampleInputs, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, outputs: { before: {}, after: {} } });
  });

  test('names the assertion, the element, the value and the line that fail', () =>
    withFiles(
      {
        'bounded.ts': `import { circuit, q } from 'lethe';
export default circuit('bounded', {}, (c) => {
  const x = c.secret('x', q(12, 4), [2]);
  x.assertWithin({ low: -1, high: 1 });
});
`,
        'inputs.json': '{ "x": [0.5, 1.5] }',
      },
      async (path) => {
        const { exit, stderr } = await start(
          'check',
          path('bounded.ts'),
          '--inputs',
          path('inputs.json'),
        );
        expect(exit).toBe(1);
        expect(stderr).toContain('bounded.ts:4:5: error[assertion-failed]: ');
        expect(stderr).toContain(
          'element [1] of assert-within: 1.5 is not in [-1, 1] (integers 24 and [-16, 16])',
        );
      },
      { inPackage: true },
    ));
});

test('inspect shows how far constants are from what was written', () =>
  withFiles(
    {
      'rounded.lethe': `circuit rounded
  secret x exact=true : q16.12[2]
  %1 = scale x factor=41 fraction=24 written=1e-2 : q22.24[2]
  %2 = scale x factor=41 fraction=24 real=1e-2 : q22.24[2]
  expose %1 name="y"
  expose %2 name="z"
`,
    },
    async (path) => {
      const text = await lethe('inspect', path('rounded.lethe'));
      expect(text.stdout).toMatch(
        /written=1e-2 .*error 0 {2}rounded by 9\.8e-6 \(0\.098 %\) {2}rows/,
      );
      expect(text.stdout).toMatch(
        / real=1e-2 .*error 7\.8e-5 {2}rounded by 9\.8e-6 \(0\.098 %\), counted {2}rows/,
      );
      const json = await lethe('inspect', path('rounded.lethe'), '--json');
      const { lines } = JSON.parse(json.stdout) as { lines: { rounded?: object }[] };
      expect(lines.map(({ rounded }) => rounded)).toMatchObject([
        undefined,
        { counted: false },
        { counted: true },
        undefined,
        undefined,
      ]);
    },
  ));

test('check and prove refuse what an exact input would round', () =>
  withFiles(
    {
      'exact.lethe': 'circuit exact\n  secret x exact=true : q12.4[2]\n  expose x name="y"\n',
      'in.json': '{ "x": [0.5, 1.51] }',
    },
    async (path) => {
      const given = [path('exact.lethe'), '--inputs', path('in.json')];
      for (const command of [
        ['check', ...given],
        ['prove', ...given, '--out', path('proof.json')],
      ]) {
        const { exit, stderr } = await lethe(...command);
        expect(exit).not.toBe(0);
        expect(stderr).toContain(
          'in.json: tensor "x", element [1]: 1.51 is not a multiple of 2^-4, and the input is exact; the nearest numbers of q12.4 are 1.5 and 1.5625',
        );
      }
    },
  ));

test('prove, then verify in other processes', { timeout: 240_000 }, () =>
  withFiles({}, async (path) => {
    const [proof, key] = [path('proof.json'), path('key.json')];
    const proved = await start(
      'prove',
      exampleFile,
      '--inputs',
      exampleInputs,
      '--out',
      proof,
      '--key',
      key,
      '--json',
    );
    expect(JSON.parse(proved.stdout)).toMatchObject({ ok: true, proofBytes: expect.any(Number) });
    expect(proved.exit).toBe(0);

    const verify = (...args: string[]) =>
      lethe('verify', ...args, '--circuit', exampleFile, '--json');
    const accepted = await start(
      ...['verify', proof, '--key', key, '--circuit', exampleFile, '--json'],
    );
    expect(JSON.parse(accepted.stdout)).toMatchObject({
      ok: true,
      public: {
        mask: [
          [1, 0, 0, 0],
          [0, 1, 1, 0],
        ],
      },
    });
    expect(accepted.exit).toBe(0);
    expect((await verify(proof)).exit).toBe(0);

    await writeFile(path('circuit.lethe'), (await lethe('inspect', exampleFile)).stdout);
    const byText = await lethe('verify', proof, '--circuit', path('circuit.lethe'), '--key', key);
    expect(byText.exit).toBe(0);

    const text = await readFile(proof, 'utf8');
    const parsed = JSON.parse(text) as {
      public: { mask: string[] };
      proof: string;
      digest: string;
    };
    const attempts: [string, string, string][] = [
      [
        'a public value',
        JSON.stringify({
          ...parsed,
          public: { ...parsed.public, mask: ['0', ...parsed.public.mask.slice(1)] },
        }),
        'refused',
      ],
      [
        'a public value outside its format',
        JSON.stringify({
          ...parsed,
          public: { ...parsed.public, mask: ['2', ...parsed.public.mask.slice(1)] },
        }),
        'bad-statement',
      ],
      [
        'a proof byte',
        text.replace(
          parsed.proof,
          `${parsed.proof.slice(0, 2000)}${parsed.proof[2000] === 'A' ? 'B' : 'A'}${parsed.proof.slice(2001)}`,
        ),
        'bad-proof',
      ],
      ['a digest', JSON.stringify({ ...parsed, digest: '0'.repeat(64) }), 'other-circuit'],
      ['half a file', text.slice(0, text.length / 2), 'bad-proof'],
    ];
    for (const [what, changed, code] of attempts) {
      await writeFile(path('changed.json'), changed);
      const { exit, stdout } = await verify(path('changed.json'), '--key', key);
      expect(JSON.parse(stdout), what).toMatchObject({ ok: false, diagnostics: [{ code }] });
      expect(exit, what).toBe(1);
    }

    await writeFile(path('expected.json'), '{ "mask": [[1, 0, 0, 0], [0, 1, 0, 0]] }');
    const other = await verify(proof, '--key', key, '--expect', path('expected.json'));
    expect(other.exit).toBe(1);
    expect(other.stdout).toContain('public tensor \\"mask\\", element [1,2]');

    await writeFile(
      path('key2.json'),
      (await readFile(key, 'utf8')).replace(/"key": ".{40}/, '"key": "AAAA'),
    );
    expect((await verify(proof, '--key', path('key2.json'))).exit).toBe(1);
    const otherSize = await lethe('verify', proof, '--circuit', exampleFile, '--set', 'blocks=1');
    expect(otherSize.exit).toBe(1);
    expect(otherSize.stderr).toContain('other-circuit');
  }),
);
