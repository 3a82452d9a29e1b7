// lethe verify: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';
import { circuitFile, withCircuitOptions, type CircuitOptions } from '../options.ts';

export interface VerifyOptions extends CircuitOptions {
  readonly circuit: string;
  readonly key?: string;
  readonly expect?: string[];
}

export function verifyCommand(run: Run): Command {
  return withCircuitOptions(new Command('verify'))
    .argument('<proof>', 'a proof file of `lethe prove`')
    .requiredOption('--circuit <file>', `the circuit: ${circuitFile}`)
    .option(
      '--key <file>',
      'a verification key that you trust, made by `lethe key`; saves compiling',
    )
    .option(
      '--expect <file>',
      'refuse unless these public tensors have these values; .json or .safetensors, may be repeated',
      (file: string, files: string[] | undefined) => [...(files ?? []), file],
    )
    .summary('verify a proof')
    .description(
      'Builds the circuit, compares it with the one that the proof names, checks every public value against its format, and verifies the proof. A proof says that the prover knows secrets for the public tensors that the file shows: look at them, or pass the ones you know with --expect. Exit 1 if the proof is refused.',
    )
    .addHelpText('after', '\nExample:\n  lethe verify proof.json --circuit examples/group-obs.ts')
    .action((proof: string, options: VerifyOptions) =>
      run(async () => (await import('../actions/verify.ts')).verify(proof, options)),
    );
}
