// A circuit for another process: its program as text, what defines its hints, and its digest, which must come out again.
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileProgram } from '../../compile.ts';
import { systemDigest } from '../../constraints/digest.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { print } from '../../program/print.ts';
import { parse } from '../../program/text/parse.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';

export interface CircuitMessage {
  readonly text: string;
  /** Modules to import first: absolute paths, or file URLs. They define hints, for circuits with `advice`. */
  readonly imports: readonly string[];
  readonly digest: string;
}

export function circuitMessage(
  { program, system }: LoweredProgram,
  imports: readonly string[] = [],
): CircuitMessage {
  return { text: print(program), imports, digest: systemDigest(system) };
}

/** Throws what is wrong with the text, or `other-circuit` where it does not give the circuit of the digest. */
export async function rebuild({ text, imports, digest }: CircuitMessage): Promise<LoweredProgram> {
  for (const each of imports) await importModule(each);
  // The parent has compiled it.
  const circuit = compileProgram(parse(text, 'text', { mostGates: Infinity }));
  if (systemDigest(circuit.system) !== digest)
    fail(
      'other-circuit',
      `circuit ${circuit.program.name}: a worker makes other constraints of its text`,
      'parent and workers must be of one version of the package; pass the program that was compiled',
    );
  return circuit;
}

async function importModule(module: string): Promise<void> {
  const url = module.startsWith('file:') ? module : pathToFileURL(module).href;
  try {
    if (isTypeScript(url) && !isTypeScript(import.meta.url)) {
      const { tsImport } = await import('tsx/esm/api');
      await tsImport(url, import.meta.url);
    } else await import(url);
  } catch (error) {
    fail('cannot-load', `${module}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const isTypeScript = (url: string): boolean =>
  ['.ts', '.mts'].includes(extname(fileURLToPath(url)));
