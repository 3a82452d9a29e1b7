#!/usr/bin/env node
// The `lethe` command.
import { runCommand } from './run-command.ts';

// Standard output belongs to the command: what an author's file prints goes to standard error.
console.log = console.info = console.debug = console.error;

// The process ends here: o1js's threads would keep it alive.
process.exit(await runCommand(process.argv.slice(2)));
