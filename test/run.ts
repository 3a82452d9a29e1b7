// `npm test`: the tests that prove, and all others, as two runs of vitest side by side. A proof does not use all cores at every moment; two
// projects of one run with different numbers of workers would wait for each other. The output of the second run follows that of the first.
// With arguments: one run, with these.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);

/** Its exit code, and its output where it is not shown at once. */
function run(args: readonly string[], shown: boolean): Promise<{ code: number; output: Buffer }> {
  const child = spawn(process.execPath, [vitest, 'run', ...args], {
    stdio: ['inherit', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
  });
  const pieces: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => pieces.push(piece));
  child.stderr?.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(pieces) }));
  });
}

const given = process.argv.slice(2);
if (given.length > 0) {
  process.exitCode = (await run(given, true)).code;
} else {
  const proving = run(['--project', 'proving'], false);
  const others = await run(['--project', 'shared', '--project', 'apart'], true);
  const { code, output } = await proving;
  process.stdout.write(output);
  process.exitCode = others.code || code;
}
