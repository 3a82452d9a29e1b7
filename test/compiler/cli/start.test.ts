// What is loaded, and when: a start is as quick as what it loads, and files can be counted on any machine.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('../../..', import.meta.url).pathname;
const command = 'dist/compiler/cli/main.js';

interface Loaded {
  /** Names of the packages, sorted. */
  readonly packages: readonly string[];
  /** Files of this package, sorted. */
  readonly own: readonly string[];
}

/** What a process loads, by `import` or `require`: Node's coverage lists every script that ran. */
async function loadedBy(...args: readonly string[]): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'lethe-start-'));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
    await new Promise((resolve) => child.on('close', resolve));
    const files = new Set<string>();
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      const { result } = JSON.parse(text) as { result: readonly { url: string }[] };
      for (const { url } of result)
        if (url.startsWith(`file://${root}`))
          files.add(url.slice(`file://${root}`.length).replace(/\?.*/, ''));
    }
    expect(files.size).toBeGreaterThan(0);
    const inPackage = /^node_modules\/((?:@[^/]+\/)?[^/]+)/;
    const packages = new Set([...files].flatMap((file) => inPackage.exec(file)?.[1] ?? []));
    const own = [...files].filter((file) => !inPackage.test(file));
    return { packages: [...packages].sort(), own: own.sort() };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('help and usage errors load no compiler', () => {
  const light = [
    'dist/compiler/diagnostics/diagnostic.js',
    'dist/compiler/passes/names.js',
    'dist/compiler/prover/memory-size.js',
    'dist/stdlib/apex/defaults.js',
    'dist/stdlib/apex/explore/front.js',
    'dist/stdlib/apex/explore/space.js',
  ];
  const lines = ['--help', 'emit --help', 'apex plan --help', 'unknown', 'prove file.ts'];
  test.each(lines)('lethe %s', async (line) => {
    const { packages, own } = await loadedBy(command, ...line.split(' '));
    expect(packages).toEqual(['commander']);
    expect(own.filter((file) => !file.startsWith('dist/compiler/cli/'))).toEqual(light);
    expect(own.filter((file) => file.startsWith('dist/compiler/cli/actions/'))).toEqual([]);
    expect(own.length).toBeLessThanOrEqual(40);
  });
});

describe("import 'lethe'", () => {
  const author = "import { circuit, q, tensor } from 'lethe';";
  const run = (code: string): Promise<Loaded> =>
    loadedBy('--input-type=module', '--eval', `${author}\n${code}`);

  test('loads no package', async () => {
    const { packages, own } = await run('');
    expect(packages).toEqual([]);
    expect(own.length).toBeLessThanOrEqual(145);
  });

  test('loads chevrotain when a template is read', async () => {
    const { packages } = await run(
      "circuit('one', {}, (c) => tensor`y[i] = 2 * ${c.secret('x', q(8, 0), [2])}[i]`.expose('y')).build();",
    );
    expect(packages).toEqual(['chevrotain']);
  });
});

describe('a command loads what it needs', () => {
  test('inspect of a TypeScript file', async () => {
    const { packages, own } = await loadedBy(command, 'inspect', 'examples/group-obs.ts');
    expect(packages).toEqual(['commander', 'esbuild', 'tsx']);
    expect(own.length).toBeLessThanOrEqual(314);
    // The library is there once: the file takes the command's.
    expect(own.filter((file) => !file.startsWith('dist/'))).toEqual(['examples/group-obs.ts']);
  });

  test('inspect of a text', async () => {
    const { packages } = await loadedBy(command, 'inspect', 'test/golden/group-obs.lethe');
    expect(packages).toEqual(['chevrotain', 'commander']);
  });
});
