// The examples of README and guide are programs: they are taken from the text and tried.
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { apexCommand } from '../compiler/cli/commands/apex/index.ts';
import { auditCommand } from '../compiler/cli/commands/audit.ts';
import { checkCommand } from '../compiler/cli/commands/check.ts';
import { emitCommand } from '../compiler/cli/commands/emit.ts';
import { inspectCommand } from '../compiler/cli/commands/inspect.ts';
import { proveCommand } from '../compiler/cli/commands/prove.ts';
import { verifyCommand } from '../compiler/cli/commands/verify.ts';
import { compileCircuit } from '../compiler/compile.ts';
import { evaluateFixed } from '../compiler/meanings/fixed.ts';
import { canonical } from '../compiler/program/text/canonical.ts';
import { isCircuit } from '../dsl/circuit.ts';
import * as dsl from '../dsl/index.ts';
import { exampleFile, lethe } from './compiler/cli/lethe.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

/** The arguments of each `npx lethe` in the README, without comments. */
const commands = readme
  .replaceAll(/ *\\\n */g, ' ')
  .split('\n')
  .filter((line) => line.startsWith('npx lethe '))
  .map((line) => line.replace(/ *#.*/, '').split(/ +/).slice(2));

test('the author example of the README is the file that its commands run', async () => {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readme)!;
  expect(example).toBe(await readFile(exampleFile, 'utf8'));
  const run = commands.filter(([name]) => name !== 'apex');
  expect(run.map(([name]) => name)).toEqual([
    ...['inspect', 'audit', 'check', 'prove', 'verify', 'emit'],
  ]);
  for (const args of run) expect(args).toContain('examples/group-obs.ts');
});

test('its inspect prints no warning, and its check agrees', async () => {
  for (const name of ['inspect', 'check']) {
    const { exit, stdout, stderr } = await lethe(...commands.find(([first]) => first === name)!);
    expect(exit).toBe(0);
    expect(stdout).not.toContain('warning');
    expect(stderr).toBe('');
  }
});

test.each(commands.map((args) => [args.join(' '), args] as const))('%s parses', (_, args) => {
  let runs = 0;
  const count = (): void => void runs++;
  const program = new Command('lethe');
  for (const create of [inspectCommand, auditCommand, checkCommand, proveCommand, verifyCommand])
    program.addCommand(create(count));
  program.addCommand(emitCommand(count)).addCommand(apexCommand(count));
  throwing(program).parse(args, { from: 'user' });
  expect(runs).toBe(1);
});

/** The command, and those below it, throw in place of ending the process. */
function throwing(command: Command): Command {
  command.commands.forEach(throwing);
  return command.exitOverride();
}

test('its commands name files that are there', async () => {
  const files = [...readme.matchAll(/examples\/[\w./-]+/g)].map(([file]) => file);
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) await readFile(new URL(`../${file}`, import.meta.url));
});

const guide = await readFile(new URL('../docs/guide.md', import.meta.url), 'utf8');

test('the equations in the guide are a circuit', () => {
  const [, code] = /```ts\n(import [\s\S]*?export default circuit\('roots'[\s\S]*?)```/.exec(
    guide,
  )!;
  const body = code!
    .replace(/import ({.*}) from 'lethe';/, 'const $1 = lethe;')
    .replace('export default', 'return');
  const built: unknown = new Function('lethe', body)(dsl);
  if (!isCircuit(built)) throw new Error('the example makes no circuit');
  const { program } = compileCircuit(built);
  const run = evaluateFixed(
    program,
    new Map([
      ['g', [4096n, -8192n, 0n, 12288n]],
      ['v', [192n, 0n, 4095n, 960n]],
    ]),
  );
  expect(run.findings).toEqual([]);
  // v = 1 and g = 1: the quotient is 1; x³ + x = 1 at 0.68233.
  const outputs = program.lines.flatMap(({ op, arguments: args }) =>
    op === 'expose' ? [Number(run.values[args[0]!]![0]!) / 2 ** 12] : [],
  );
  expect(outputs[0]).toBe(1);
  expect(outputs[1]).toBeCloseTo(0.68233, 3);
});

test('the program as text in the guide is one, in its one form', () => {
  const [, text] = /```\n(circuit [\s\S]*?)```/.exec(guide)!;
  expect(canonical(text!, 'guide.md')).toBe(text);
});
