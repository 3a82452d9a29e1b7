// Circuits with hints of their own, as text: only a witness needs the hints. And where findings say they are, outside of packages.
import { expect, test } from 'vitest';
import { inTier } from '../../tier.ts';
import { lethe, withFiles } from './lethe.ts';
import { start } from './start.ts';

const source = `import { circuit, defineHint, u } from 'lethe';
const half = defineHint('text-half', ([x]) => x!.map((value) => Math.floor(value / 2)));
const low = defineHint('text-low', ([x]) => x!.map((value) => value % 2));
export default circuit('hinted', {}, (c) => {
  const x = c.secret('x', u(8, 0), [2]);
  const y = c.advice(half, [x], u(7, 0), [2]);
  y.add(y).add(c.advice(low, [x], u(1, 0), [2])).sub(x).assertZero();
  y.expose('y');
});
`;
const text = `circuit hinted
  secret x : u8.0[2]
  %1 = advice x hint="text-half" : u7.0[2]
  %2 = advice x hint="text-low" : u1.0[2]
  %3 = assert-within %1 low=0 high=100 : u7.0[2]
  expose %1 name="y"
`;
const files = { 'hinted.ts': source, 'hinted.lethe': text, 'in.json': '{ "x": [6, 7] }' };

test.concurrent('what inspect prints of such a circuit is read by commands without a witness', () =>
  withFiles(files, async (path) => {
    const { exit, stdout } = await lethe('inspect', path('hinted.lethe'));
    expect(exit).toBe(0);
    expect(stdout).toContain('advice x hint="text-half"');
    expect((await lethe('fmt', path('hinted.lethe'))).exit).toBe(0);
    const out = ['--target', 'o1js', '--out', path('package'), '--json'];
    const emitted = await lethe('emit', path('hinted.lethe'), ...out);
    expect(JSON.parse(emitted.stdout)).toMatchObject({
      ok: true,
      toWrite: ['text-half', 'text-low'],
    });
  }),
);

test.concurrent('the others name all that are missing, and take the module that defines them', () =>
  withFiles(files, async (path) => {
    const args = [path('hinted.lethe'), '--inputs', path('in.json')];
    const refused = await lethe('check', ...args, '--json');
    expect(refused.exit).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      diagnostics: [
        { code: 'unknown-hint', where: { file: path('hinted.lethe'), line: 3, column: 3 } },
        { code: 'unknown-hint', where: { file: path('hinted.lethe'), line: 4, column: 3 } },
      ],
    });
    const checked = await start('check', ...args, '--hints', path('hinted.ts'), '--json');
    expect(JSON.parse(checked.stdout)).toMatchObject({ outputs: { y: { value: [3, 3] } } });
    const same = [path('hinted.ts'), '--inputs', path('in.json'), '--hints', path('hinted.ts')];
    expect((await start('check', ...same)).exit).toBe(0);
  }),
);

test.concurrent('a report goes to standard output, whatever it found', () =>
  withFiles({ ...files, 'in.json': '{ "x": [6, 255] }' }, async (path) => {
    const args = ['--inputs', path('in.json'), '--hints', path('hinted.ts')];
    const { exit, stdout } = await start('inspect', path('hinted.lethe'), ...args);
    expect(exit).toBe(1);
    expect(stdout).toContain('hinted.lethe:5:3: error[assertion-failed]: ');
  }),
);

const mistaken = `import { circuit, u } from 'lethe';

export default circuit('mistaken', {}, (c) => {
  const x = c.secret('x', u(8, 0), [2]);
  x.add(c.secret('y', u(8, 0), [3])).expose('z');
});
`;

type Place = readonly [title: string, name: string, others: Readonly<Record<string, string>>];
const commonJs = { 'package.json': '{ "type": "commonjs" }' };
const some: readonly Place[] = [
  ['no package, JavaScript', 'mistaken.js', {}],
  ['a CommonJS package, a name with brackets and spaces', 'mistaken (1) b.ts', commonJs],
];
const others: readonly Place[] = [
  ['no package', 'mistaken.ts', {}],
  ['a CommonJS package', 'mistaken.ts', commonJs],
  ['a name with brackets and spaces', 'mistaken (1) b.ts', {}],
];

test.concurrent.each(inTier({ quick: some, normal: some, full: [...some, ...others] }))(
  'a finding has its file and line: %s',
  (_, name, others) =>
    withFiles({ [name]: mistaken, ...others }, async (path) => {
      const { stderr } = await start('inspect', path(name));
      expect(stderr).toContain(`${path(name)}:5:5: error[shape-mismatch]`);
    }),
);
