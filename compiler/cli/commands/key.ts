// lethe key: the verification key of a circuit, for verifiers who verify often.
import { Command } from 'commander';
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { atomicWrite, checkWritable } from '../../files/atomic-write.ts';
import { renderKeyFile } from '../../prover/key-file.ts';
import type { Outcome } from '../exit.ts';
import { circuitFile, withCircuitOptions, type CircuitOptions } from '../options.ts';
import { stage } from '../progress.ts';
import { loadProgram } from '../run.ts';

export function keyCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return withCircuitOptions(new Command('key'))
    .argument('<file>', circuitFile)
    .requiredOption('--out <key>', 'where the key is written')
    .summary('write the verification key of a circuit')
    .description(
      'Compiles a circuit and writes its verification key, with the digest of the circuit.',
    )
    .addHelpText('after', '\nExample:\n  lethe key examples/group-obs.ts --out key.json')
    .action((file: string, options: CircuitOptions & { out: string }) =>
      run(async () => {
        await checkWritable(options.out);
        const { program, system } = await loadProgram(file, options);
        const kimchi = await import('../../targets/kimchi/prover.ts');
        const rows = totalRows(countRows(system));
        const { result, seconds } = await stage(`compiling ${rows} rows`, !options.json, () =>
          kimchi.compile(program.name, system),
        );
        const digest = systemDigest(system);
        const key = { circuit: program.name, digest, key: result.verificationKey };
        await atomicWrite(options.out, renderKeyFile(key));
        return {
          exit: 0,
          json: { ok: true, circuit: program.name, digest, out: options.out, seconds },
          text: `wrote the verification key of ${program.name} to ${options.out}\n`,
        };
      }),
    );
}
