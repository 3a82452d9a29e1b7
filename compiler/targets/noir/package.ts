// The Noir package of a compiled circuit: the same program for another proof system, as source that can be read.
import { LetheError } from '../../diagnostics/diagnostic.ts';
import type { BoundInputs } from '../../inputs/bind.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { evaluateFixed } from '../../meanings/fixed.ts';
import type { SourceFiles, SourceTarget } from '../source-target.ts';
import { prelude } from './prelude.ts';
import { proverToml } from './prover-inputs.ts';
import { sourceOf } from './source.ts';

/**
 * Files by path; with inputs, Prover.toml too. Throws a LetheError `unsupported-by-target` with every line that would mean
 * something else over BN254's field, and what the fixed meaning finds wrong with the inputs.
 */
export function noirPackage(circuit: LoweredProgram, inputs?: BoundInputs): SourceFiles {
  const { text, abi } = sourceOf(circuit);
  const files = new Map([
    ['Nargo.toml', manifest(circuit.program.name)],
    ['src/main.nr', text],
    ['src/lethe.nr', prelude],
  ]);
  if (!inputs) return files;
  const run = evaluateFixed(circuit.program, inputs.fixed);
  if (run.findings.length > 0) throw new LetheError(run.findings);
  return files.set('Prover.toml', proverToml(abi, run));
}

export const noir: SourceTarget = {
  name: 'noir',
  kinds: [],
  start: 'src/main.nr',
  inputsFile: 'Prover.toml',
  files: (circuit, { inputs }) => noirPackage(circuit, inputs),
};

function manifest(circuit: string): string {
  const name = circuit.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?![A-Za-z_])/, '_');
  return `[package]\nname = "${name}"\ntype = "bin"\nauthors = []\n\n[dependencies]\n`;
}
