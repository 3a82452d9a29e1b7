// Verification keys that this provider compiled, by the digest of their circuit. A file that is no key of the circuit is made
// again.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite } from '../../../compiler/files/index.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { renderKeyFile, trustedKey } from '../../../compiler/prover/key-file.ts';

/** The key of a circuit, where it was kept, and where to keep it; it is trusted. */
export interface KeyStore {
  read(circuit: LoweredProgram): Promise<string | undefined>;
  write(circuit: LoweredProgram, key: string): Promise<void>;
}

export function keysIn(folder: string): KeyStore {
  const fileOf = (digest: string): string => join(folder, `${digest}.json`);
  return {
    async read(circuit) {
      const file = fileOf(systemDigest(circuit.system));
      const text = await readFile(file, 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      try {
        return trustedKey(text, file, circuit);
      } catch (error) {
        if (isLetheError(error)) return undefined;
        throw error;
      }
    },
    async write({ program, system }, key) {
      await mkdir(folder, { recursive: true });
      const digest = systemDigest(system);
      await atomicWrite(fileOf(digest), renderKeyFile({ circuit: program.name, digest, key }));
    },
  };
}
