// Bad input at the command line: a message that names file, tensor, element, value and cure; the exit code; one JSON
// object on standard output under --json; and no half-written file.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { encodeSafetensors } from '../../../compiler/files/safetensors-encoding.ts';
import { exampleFile, exampleInputs, lethe, withFiles } from './lethe.ts';

const good = JSON.parse(await readFile(exampleInputs, 'utf8')) as Record<string, unknown>;
const changed = (change: Record<string, unknown>): string => JSON.stringify({ ...good, ...change });
const weights = (value: unknown): string =>
  changed({
    weights: [
      [0.5, value, 0.125, 0.75],
      [-0.5, 0.375, 0.25, 0.0625],
    ],
  });
const { weights: _, ...withoutWeights } = good;

const badInputs: [string, string, string[]][] = [
  [
    'a missing tensor',
    JSON.stringify(withoutWeights),
    ['missing-tensor', 'the secret input "weights" (q24.20[2,4]) is missing'],
  ],
  [
    'an unknown tensor',
    changed({ wieghts: [1] }),
    ['unknown-tensor', 'no input "wieghts"', 'it has: weights, factor'],
  ],
  [
    'a wrong shape',
    changed({ mask: [1, 0] }),
    ['shape-mismatch', 'tensor "mask" has shape [2], the circuit expects [2,4]'],
  ],
  [
    'rows of two lengths',
    changed({
      mask: [
        [1, 0, 0, 0],
        [1, 0],
      ],
    }),
    ['bad-shape', 'tensor "mask", element [1]: 2 elements where 4 are expected'],
  ],
  [
    'a value out of range',
    weights(9.5),
    [
      'bad-value',
      'tensor "weights", element [0,1]: 9.5 does not fit q24.20',
      '-8 to 7.99999',
      'widen the format',
    ],
  ],
  [
    'infinity',
    weights(1).replace('0.5,1,', '0.5,1e999,'),
    ['bad-value', 'element [0,1]: Infinity is not a finite number'],
  ],
  ['a null', weights(null), ['bad-value', 'tensor "weights", element [0,1]: null is not a number']],
  [
    'a bit of one half',
    changed({
      mask: [
        [0.5, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    }),
    ['bad-value', 'element [0,0]: 0.5 is not a bit'],
  ],
  [
    'a field element that is no integer',
    changed({
      salts: [
        [0.5, 1, 1],
        [1, 1, 1],
      ],
    }),
    ['bad-value', '0.5 is not an exact field element'],
  ],
  ['JSON that is cut off', exampleInputsCut(), ['bad-json']],
  ['JSON that is no object', '[1, 2]', ['bad-json', 'an object of tensors is expected']],
];

function exampleInputsCut(): string {
  return JSON.stringify(good).slice(0, -20);
}

describe('inputs', () => {
  test.each(badInputs)('%s', (_, inputs, messages) =>
    withFiles({ 'inputs.json': inputs }, async (path, list) => {
      const args = [exampleFile, '--inputs', path('inputs.json')];
      const check = await lethe('check', ...args);
      expect(check).toMatchObject({ exit: 2, stdout: '' });
      for (const message of messages) expect(check.stderr).toContain(message);
      expect(check.stderr).toContain('inputs');
      const proved = await lethe('prove', ...args, '--out', path('proof.json'), '--json');
      expect(proved.exit).toBe(2);
      expect(JSON.parse(proved.stdout)).toMatchObject({
        ok: false,
        diagnostics: [{ code: messages[0] }],
      });
      expect(await list()).toEqual(['inputs.json']);
    }),
  );

  test('NaN in safetensors', () => {
    const data = Float32Array.from([0.5, NaN, 0, 0, 0, 0, 0, 0]);
    const bytes = encodeSafetensors(
      { tensors: new Map([['weights', { shape: [2, 4], data }]]) },
      'weights.safetensors',
    );
    const files = { 'weights.safetensors': bytes, 'rest.json': JSON.stringify(withoutWeights) };
    return withFiles(files, async (path) => {
      const inputs = ['weights.safetensors', 'rest.json'].flatMap((f) => ['--inputs', path(f)]);
      const { exit, stderr } = await lethe('check', exampleFile, ...inputs);
      expect(exit).toBe(2);
      expect(stderr).toContain(
        'weights.safetensors: tensor "weights", element [0,1]: NaN is not a finite number',
      );
    });
  });

  test('a truncated safetensors file', () => {
    const data = new Float32Array(8);
    const bytes = encodeSafetensors(
      { tensors: new Map([['weights', { shape: [2, 4], data }]]) },
      'weights.safetensors',
    );
    return withFiles({ 'weights.safetensors': bytes.slice(0, -3) }, async (path) => {
      const { exit, stderr } = await lethe(
        'check',
        exampleFile,
        '--inputs',
        path('weights.safetensors'),
      );
      expect(exit).toBe(2);
      expect(stderr).toContain('weights.safetensors');
    });
  });

  test('a file that is not there, and one of another kind', async () => {
    const missing = await lethe('check', exampleFile, '--inputs', 'nowhere.json');
    expect(missing).toMatchObject({ exit: 2, stdout: '' });
    expect(missing.stderr).toContain('nowhere.json');
    const other = await lethe('check', exampleFile, '--inputs', 'package.toml');
    expect(other.stderr).toContain('inputs are .json or .safetensors files');
  });
});

describe('circuits', () => {
  const file = (text: string) => ({ 'circuit.ts': text });

  test.each([
    ['exports none', 'export const x = 1;', 'no-circuit'],
    ['does not parse', 'export default circuit(', 'cannot-load'],
    ['throws', 'throw new Error("on purpose");', 'on purpose'],
    ['imports what is not there', 'import "./nothing.ts";', 'cannot-load'],
  ])('a file that %s', (_, text, message) =>
    withFiles(file(text), async (path) => {
      const { exit, stderr, stdout } = await lethe('inspect', path('circuit.ts'));
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
      expect(stderr).toContain(message);
    }),
  );

  test('a file that is not there', async () => {
    const { exit, stdout } = await lethe('inspect', 'nowhere.ts', '--json');
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'cannot-read' }] });
  });

  test('a build function that throws', () =>
    withFiles(
      {
        'circuit.ts': `import { circuit } from 'lethe';
export default circuit('thrown', {}, () => { throw new Error('on purpose'); });
`,
      },
      async (path) => {
        const { exit, stdout } = await lethe('inspect', path('circuit.ts'), '--json');
        expect(exit).toBe(2);
        expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'build-failed' }] });
      },
      { inPackage: true },
    ));

  test('a default export in a CommonJS package is found, and its template read', () =>
    withFiles(
      {
        'package.json': '{ "type": "commonjs" }',
        'circuit.ts': `import { circuit, q, tensor } from '${new URL('../../../dist/dsl/index.js', import.meta.url).href}';
export default circuit('plain', {}, (c) => tensor\`y[i] = 2 * \${c.public('x', q(4, 2), [2])}[i]\`.expose('y'));
`,
      },
      async (path) => {
        const { exit, stdout } = await lethe('inspect', path('circuit.ts'));
        expect(stdout).toContain('circuit plain');
        expect(exit).toBe(0);
      },
    ));

  test('what is no format is refused', () =>
    withFiles(
      {
        'circuit.js': `import { circuit } from 'lethe';
export default circuit('loose', {}, (c) => c.secret('x', 'q4', [1]).expose('y'));
`,
      },
      async (path) => {
        const { exit, stderr } = await lethe('inspect', path('circuit.js'));
        expect(exit).toBe(2);
        expect(stderr).toContain('secret expects a format, got the text "q4"');
      },
      { inPackage: true },
    ));

  test('an output that cannot be written is refused before any work', async () => {
    const args = [exampleFile, '--inputs', exampleInputs, '--out', '/nowhere/proof.json'];
    const { exit, stderr } = await lethe('prove', ...args);
    expect(exit).toBe(2);
    expect(stderr).toContain('its folder does not exist');
    expect(stderr).not.toContain('compiling');
  });

  test('a parameter that is not there', async () => {
    const { exit, stderr } = await lethe('inspect', exampleFile, '--set', 'bloks=2');
    expect(exit).toBe(2);
    expect(stderr).toContain('no parameter "bloks"');
  });
});

describe('usage', () => {
  test.each([
    [['frobnicate'], 'unknown command'],
    [['inspect'], "missing required argument 'file'"],
    [['check', exampleFile], "required option '--inputs <file>'"],
    [['inspect', exampleFile, '--frob'], "unknown option '--frob'"],
    [['inspect', exampleFile, '--set', 'blocks'], 'name=whole-number'],
  ])('%j', async (args, message) => {
    const { exit, stderr, stdout } = await lethe(...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
    const json = await lethe(...args, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'usage' }] });
    expect(json.exit).toBe(2);
  });

  test('help teaches every command', async () => {
    const { exit, stdout } = await lethe('--help');
    expect(exit).toBe(0);
    for (const name of [
      ...['new', 'inspect', 'formats', 'audit', 'bench', 'check', 'prove', 'verify', 'key', 'fmt'],
      'explore',
    ]) {
      expect(stdout).toContain(name);
      const help = await lethe(name, '--help');
      expect(help.exit).toBe(0);
      expect(help.stdout).toContain('Example:');
    }
  });
});
