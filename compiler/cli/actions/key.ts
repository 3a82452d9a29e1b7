// lethe key: the verification key of a circuit, for verifiers who verify often.
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { atomicWrite, checkWritable } from '../../files/atomic-write.ts';
import { renderKeyFile } from '../../prover/key-file.ts';
import type { Outcome } from '../exit.ts';
import { stage } from '../progress.ts';
import { loadProgram } from '../run.ts';
import type { KeyOptions } from '../commands/key.ts';

export async function key(file: string, options: KeyOptions): Promise<Outcome> {
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
}
