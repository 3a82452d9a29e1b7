// A verification key on disk. Whoever verifies with a key file trusts the file as he trusts the circuit; a key of
// doubtful origin is made again from the circuit.
import { systemDigest } from '../constraints/digest.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { parseJson, type JsonLimits } from '../files/json.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';

/** A key has some 2 kB. */
export const keyFileLimits: JsonLimits = { bytes: 64_000, depth: 2, values: 16 };

export interface KeyFile {
  readonly circuit: string;
  /** `systemDigest` of the circuit it was compiled from. */
  readonly digest: string;
  readonly key: string;
}

export function renderKeyFile({ circuit, digest, key }: KeyFile): string {
  return `${JSON.stringify({ lethe: 'verification-key', version: 1, circuit, digest, key }, null, 1)}\n`;
}

/** Throws `bad-key` for anything that `renderKeyFile` would not have written. */
export function parseKeyFile(text: string, file: string): KeyFile {
  const hint = 'write it again with `lethe key`';
  const source = { file, code: 'bad-key', hint, ...keyFileLimits };
  const json = parseJson(text, source) as Record<string, unknown> | null;
  if (json?.['lethe'] !== 'verification-key' || json['version'] !== 1)
    fail('bad-key', `${file}: not a verification key of this version`, hint);
  const { circuit, digest, key } = json;
  if (typeof circuit !== 'string' || typeof digest !== 'string' || typeof key !== 'string')
    fail('bad-key', `${file}: circuit, digest and key are strings`, hint);
  return { circuit, digest, key };
}

/** The key of a file, for a circuit. Throws `bad-key`, also for a key of another circuit. */
export function trustedKey(
  text: string,
  path: string,
  { system, program }: LoweredProgram,
): string {
  const file = parseKeyFile(text, path);
  if (file.digest !== systemDigest(system))
    fail(
      'bad-key',
      `${path}: a key of circuit "${file.circuit}", not of this "${program.name}"`,
      'write it again with `lethe key`',
    );
  return file.key;
}
