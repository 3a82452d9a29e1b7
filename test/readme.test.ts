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
import { canonical } from '../compiler/program/text/canonical.ts';
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

test('the program as text in the guide is one, in its one form', async () => {
  const guide = await readFile(new URL('../docs/guide.md', import.meta.url), 'utf8');
  const [, text] = /```\n(circuit [\s\S]*?)```/.exec(guide)!;
  expect(canonical(text!, 'guide.md')).toBe(text);
});
