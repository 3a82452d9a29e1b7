// A command line, carried out in this process: prints, and says how it ended. Several may run one after the other.
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { apexCommand } from './commands/apex/index.ts';
import { auditCommand } from './commands/audit.ts';
import { benchCommand } from './commands/bench.ts';
import { checkCommand } from './commands/check.ts';
import { fmtCommand } from './commands/fmt.ts';
import { emitCommand } from './commands/emit.ts';
import { exploreCommand } from './commands/explore.ts';
import { formatsCommand } from './commands/formats.ts';
import { inspectCommand } from './commands/inspect.ts';
import { keyCommand } from './commands/key.ts';
import { newCommand } from './commands/new.ts';
import { proveCommand } from './commands/prove.ts';
import { verifyCommand } from './commands/verify.ts';
import { failure, print, type ExitCode, type Outcome } from './exit.ts';

const { version } = createRequire(import.meta.url)('lethe/package.json') as { version: string };

/** `args` is what stands after the name of the command. */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  const asJson = args.includes('--json');
  /** Actions are queued, so that a fault in one is reported in one place. */
  let pending: Promise<Outcome> | undefined;
  const program = commandLine(asJson, (action) => {
    pending = action().catch(failure);
  });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    if (!asJson) return 2;
    const diagnostics = [{ code: 'usage', message: error.message.replace(/^error: /, '') }];
    return print({ exit: 2, json: { ok: false, diagnostics }, text: '' }, asJson);
  }
  return pending ? print(await pending, asJson) : 0;
}

function commandLine(asJson: boolean, run: (action: () => Promise<Outcome>) => void): Command {
  const program = new Command('lethe')
    .description(
      'Circuits for quantized machine-learning transforms: inspect, check, prove, verify, write out.',
    )
    .addHelpText(
      'after',
      `
Exit codes:
  0  it holds
  1  refused: an assertion, a constraint or a proof fails
  2  it could not be carried out: usage, a file, an input
  3  nothing speaks against it, and the time ran out before all was tried

A first circuit:
  lethe new NAME                              a package to start from
  lethe inspect FILE                          the program, its ranges and its rows
  lethe formats FILE                          the widths that it leaves open, chosen
  lethe audit FILE                            can a prover choose anything?
  lethe bench FILE                            where its rows go, and what a proof takes
  lethe check FILE --inputs F                 float, fixed point and constraints, no proof
  lethe prove FILE --inputs F --out P         a proof
  lethe verify P --circuit FILE               accepted or refused
  lethe emit FILE --target o1js --out DIR     a package that needs only o1js
  lethe emit FILE --target noir --out DIR     the same program in Noir
  lethe apex --help                           unlearning, for a whole model
  lethe explore                               which plan an accuracy and a memory allow

FILE exports a circuit (TypeScript, JavaScript), or is a program as text (.lethe): what inspect prints is one.`,
    )
    .version(version, '--version', 'print the version')
    .exitOverride()
    .configureOutput(asJson ? { writeErr: () => undefined } : {});
  /** A command, and those below it, that end and print as the program does. */
  const settled = (command: Command): Command => {
    command.exitOverride().copyInheritedSettings(program).showHelpAfterError(lesson(command));
    command.commands.forEach(settled);
    return command;
  };
  for (const make of [
    newCommand,
    inspectCommand,
    formatsCommand,
    auditCommand,
    benchCommand,
    checkCommand,
    proveCommand,
    verifyCommand,
    keyCommand,
    fmtCommand,
    emitCommand,
    exploreCommand,
    apexCommand,
  ])
    program.addCommand(settled(make(run)));
  return program.showHelpAfterError(lesson(program));
}

/** Printed after a usage error. */
function lesson({ commands }: Command): string {
  const names = commands.map((each) => each.name()).join(', ');
  return names === ''
    ? '(--help after a command teaches it)'
    : `(commands: ${names}; --help after one teaches it)`;
}
